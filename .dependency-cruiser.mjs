/** The arrows of the architecture, as rules. Each says why. */
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no top, so it cannot be read top-down.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-stands-alone',
      severity: 'error',
      comment: 'ledger-core is a library: no HTTP, no Kafka, nothing of the packages above it.',
      from: { path: '^packages/ledger-core/src' },
      to: {
        path: [
          '^(packages/(api|relay|sandbox|console)|stack|connect|scripts|load|examples)/',
          'node_modules/(express|kafkajs|pino)/',
          '^(node:)?(https?|http2|net|tls|dgram|child_process)$',
        ],
      },
    },
    {
      name: 'client-stands-alone',
      severity: 'error',
      comment: 'The client runs in browsers as it stands: nothing of Node, of another package or of npm.',
      from: { path: '^packages/client/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/client/src' },
    },
    {
      name: 'shop-behind-the-client',
      severity: 'error',
      comment: 'The shop knows of the API what every client may know: its document, by the typed client.',
      from: { path: '^packages/storefront/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages/(?!storefront/|client/)|stack|connect)' },
    },
    {
      name: 'files-only-beside-the-database',
      severity: 'error',
      comment:
        'The library touches no file but its migrations and the archive of the outbox, so that its rules can be tested without any.',
      from: {
        path: '^packages/ledger-core/src',
        pathNot: '/database/|/(read|write)-archive\\.ts$|\\.test\\.ts$',
      },
      to: { path: '^(node:)?(fs|fs/promises|path|os|process)$' },
    },
    {
      name: 'public-exports-only',
      severity: 'error',
      comment: 'Packages meet through what they export, so that insides can change.',
      from: { path: '^(packages/[^/]+|stack|connect|scripts|load|examples|test)/' },
      to: { path: '^(packages/[^/]+|stack|connect)/src/', pathNot: '^$1/|/src/index\\.ts$' },
    },
    {
      name: 'scripts-on-top',
      severity: 'error',
      comment: 'What runs the repository stands above the packages: none of them needs it to work.',
      from: { path: '^(packages/[^/]+|stack|connect)/src/' },
      to: { path: '^(scripts|load|examples|test)/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import that finds nothing breaks at run time, and slips past every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'sql-in-its-place',
      severity: 'error',
      comment:
        'SQL stands in table files, reports, audit and database, so that each statement and its index can be found.',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: '-table\\.ts$|/(reports|audit|database)/|\\.test\\.ts$',
      },
      to: { path: 'node_modules/(knex|mysql2)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kafkajs-behind-two-files',
      severity: 'error',
      comment:
        'Nobody maintains kafkajs now, so another client must be able to take its place, to read and to publish.',
      from: {
        pathNot: '^packages/relay/src/sources/kafka-(client|publisher)\\.ts$|(^|/)test/|\\.test\\.ts$',
      },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'money-is-pure',
      severity: 'error',
      comment: 'Money and other pure rules do no I/O, so that they can be tested and reasoned about alone.',
      from: { path: '^packages/ledger-core/src/money/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/ledger-core/src/(money|errors)|node_modules/decimal\\.js/' },
    },
    {
      name: 'no-dead-modules',
      severity: 'error',
      comment:
        'A module that no program, public export or integration test leads to is dead, even with a unit test.',
      from: { path: '/src/((cli/|page/)?main|index|cli)\\.ts$|^(scripts|load|examples)/|(^|/)test/' },
      to: {
        path: '^(packages/[^/]+|stack|connect)/src/',
        // What a browser loads by itself, no module leads to.
        pathNot: '/src/((cli/|page/)?main|index|cli)\\.ts$|/docs-page/start\\.js$|\\.test\\.ts$|\\.d\\.ts$',
        reachable: false,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/node_modules/.*/node_modules/|^load/node_modules|^\\.stack' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
