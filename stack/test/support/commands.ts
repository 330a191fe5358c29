import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { identityOf } from '@jangbu/stack';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of this repository, run as its user runs it. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once it has printed this; fails with all it printed when it ends before. */
  untilPrinted(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Without addresses of servers, and without Docker: whoever runs the tests may have either. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { DATABASE_URL, KAFKA_BROKERS, CONNECT_URL, JANGBU_INSTANCE, ...rest } = process.env;
  return { ...rest, JANGBU_PLATFORM: 'native', ...env };
}

export function startNode(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const node = ['--disable-warning=ExperimentalWarning', resolve(ROOT, script), ...args];
  return startCommand(process.execPath, node, env);
}

export function startCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(command, args, {
    env: cleanEnvironment(env),
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...printed }) as Ended);
  return {
    child,
    ended,
    untilPrinted(pattern) {
      return new Promise((done, fail) => {
        const look = () => {
          const found = pattern.exec(printed.stdout + printed.stderr);
          if (found !== null) done(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
        ended.then(({ code, stdout, stderr }) =>
          fail(new Error(`ended with ${code} before it printed ${pattern}:\n${stdout}${stderr}`)),
        );
      });
    },
  };
}

const started = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export async function endStarted(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** `npm run stack -- …`, to its end. */
export function stack(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startNode('stack/src/cli.ts', args, env).ended;
}

/** A process that has ended and that nobody has asked about is not alive. */
export function isAlive(pid: number): boolean {
  return identityOf(pid) !== undefined;
}
