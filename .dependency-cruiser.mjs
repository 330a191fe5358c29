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
        path: '^(packages/(api|relay|sandbox|console)|stack|connect|scripts)/|node_modules/(express|kafkajs|pino)/',
      },
    },
    {
      name: 'public-exports-only',
      severity: 'error',
      comment: 'Packages meet through what they export, so that insides can change.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^(packages/[^/]+|stack|connect)/src/', pathNot: '^packages/$1/|/src/index\\.ts$' },
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
      name: 'kafkajs-behind-one-file',
      severity: 'error',
      comment: 'Nobody maintains kafkajs now, so another client must be able to take its place.',
      from: {
        path: '^packages/',
        pathNot: '^packages/relay/src/sources/kafka-client\\.ts$|/test/|\\.test\\.ts$',
      },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'money-is-pure',
      severity: 'error',
      comment: 'Money and other pure rules do no I/O, so that they can be tested and reasoned about alone.',
      from: { path: '^packages/ledger-core/src/money/' },
      to: { pathNot: '^packages/ledger-core/src/(money|errors)|node_modules/decimal\\.js/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module that nobody imports and nobody runs is dead.',
      from: {
        orphan: true,
        pathNot: '\\.test\\.ts$|\\.d\\.ts$|/(main|index|cli)\\.ts$|^scripts/|^load/|^examples/|/test/|/bin/',
      },
      to: {},
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
