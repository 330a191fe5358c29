import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'packages', 'ledger-core');
const folder = join(root, 'node_modules', '.cache', 'jangbu');
const target = join(folder, 'ledger-core');

// Builds ledger-core as it is published and packs it; prints where the tarball is. In the repository the sources themselves run,
// so nothing here is needed to work on it.
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
run(process.execPath, [
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  '-p',
  join(source, 'tsconfig.build.json'),
]);
for (const group of ['ledger', 'outbox'])
  cpSync(join(root, 'migrations', group), join(target, 'dist', 'migrations', group), { recursive: true });
cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
cpSync(join(source, 'README.md'), join(target, 'README.md'));
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
const packed = run('npm', ['pack', '--json', '--pack-destination', folder], target);
console.log(join(folder, JSON.parse(packed)[0].filename));

/** The workspace's manifest, but with what was built, and with the database's packages left to whoever installs it. */
function manifest() {
  const {
    dependencies,
    exports: _exports,
    ...rest
  } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const { knex: _knex, mysql2: _mysql2, ...own } = dependencies;
  return {
    ...rest,
    keywords: ['ledger', 'double-entry', 'accounting', 'mysql', 'knex', 'outbox', 'idempotency', 'payments'],
    sideEffects: false,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    types: './dist/index.d.ts',
    files: ['dist'],
    dependencies: own,
    peerDependencies: { knex: '^3.1.0', mysql2: '^3.11.0' },
  };
}

function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  process.stderr.write(stdout + stderr);
  process.exit(1);
}
