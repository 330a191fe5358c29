import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const HELP = `npm run docs

Writes the reference of ledger-core's exports, as HTML, from their docstrings. Fails where one has none, or refers to what is not there.`;

const root = resolve(import.meta.dirname, '..');

if (process.argv.includes('--help')) {
  console.log(HELP);
} else {
  const typedoc = join(root, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const { status } = spawnSync(process.execPath, [typedoc, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
