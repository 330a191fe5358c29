import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../../src/cli/main.ts');
const FLAGS = ['--disable-warning=ExperimentalWarning', cli];

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command itself, as an operator would, and waits for its end. */
export function jangbu(
  databaseUrl: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...FLAGS, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl, ...env },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

/** Starts the command, and does not wait. */
export function startJangbu(
  databaseUrl: string,
  args: readonly string[],
): { child: ChildProcess; ended: Promise<CommandResult & { signal: string | null }> } {
  const child = spawn(process.execPath, [...FLAGS, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<CommandResult & { signal: string | null }>((settle) => {
    child.once('close', (status, signal) => settle({ status, signal, stdout, stderr }));
  });
  return { child, ended };
}
