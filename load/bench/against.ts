import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Measured } from './callers.ts';

const root = resolve(import.meta.dirname, '..', '..');

export interface Row extends Measured {
  readonly what: string;
}

/**
 * Measures an earlier commit with its own code and schema, in a work tree of its own that is removed again. It shares the
 * installed packages, so it must be a commit whose dependencies are those of now.
 */
export function measureCommit(commit: string, seconds: string): Row[] {
  const tree = join(mkdtempSync(join(tmpdir(), 'jangbu-bench-')), 'tree');
  mustRun('git', ['worktree', 'add', '--detach', tree, commit]);
  try {
    linkPackages(tree);
    const output = mustRun(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      join(tree, 'load', 'bench', 'run.ts'),
      '--json',
      ...['--seconds', seconds],
    ]);
    return JSON.parse(output).rows;
  } finally {
    mustRun('git', ['worktree', 'remove', '--force', tree]);
  }
}

/** Every installed package as it is, but the project's own from the work tree. */
function linkPackages(tree: string): void {
  const installed = join(root, 'node_modules');
  const links = join(tree, 'node_modules');
  mkdirSync(join(links, '@jangbu'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@jangbu') symlinkSync(join(installed, name), join(links, name));
  }
  const folders = [
    'stack',
    'connect',
    ...readdirSync(join(tree, 'packages')).map((name) => `packages/${name}`),
  ];
  for (const folder of folders) {
    const { name }: { name: string } = JSON.parse(readFileSync(join(tree, folder, 'package.json'), 'utf8'));
    symlinkSync(join(tree, folder), join(links, name));
  }
}

function mustRun(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args[0]} ended with ${status}: ${stderr.trim().split('\n').slice(-3).join(' ')}`,
  );
}
