import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface ServiceOptions {
  readonly name: string;
  /** From the repository's root, such as `packages/api/src/main.ts`. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 once the service is ready. */
  readonly readyUrl: string;
  readonly logFile: string;
}

/** One process of ours: api, relay or sandbox. */
export interface Service {
  readonly name: string;
  readonly pid: number;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  isRunning(): boolean;
  /** Asks it to end, and resolves when it has; kills it when it takes too long. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** V8 otherwise takes what memory there is before it tidies up; so api and relay stay under 250 MB. The sandbox remembers every payment. */
const BOUNDED = ['--max-semi-space-size=16', '--max-old-space-size=160'];

/** Machine code at once, if of the plain kind: a crowd often meets a process that has just started. */
const SOON_COMPILED = '--always-sparkplug';

/** Starts the process and waits until it is ready. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const service = spawnService(options);
  await untilReady(service, options);
  return service;
}

export function spawnService({ name, script, env, logFile }: ServiceOptions): Service {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const memory = name === 'sandbox' ? [] : BOUNDED;
  const args = ['--disable-warning=ExperimentalWarning', SOON_COMPILED, ...memory, join(root, script)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    // A session of its own: a terminal's Ctrl-C reaches the owner, which ends its services in order.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<number | NodeJS.Signals>((settle) => {
    child.once('exit', (code, signal) => settle(code ?? signal ?? 1));
    child.once('error', () => settle(127));
  });
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    isRunning: () => isAlive(child),
    async stop() {
      if (isAlive(child)) child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(impatience);
    },
    async kill() {
      if (isAlive(child)) child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function untilReady(
  service: Service,
  { readyUrl, logFile, name }: ServiceOptions,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (!service.isRunning()) throw new Error(`${name} ended while it started; its log is ${logFile}`);
    const isReady = await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`${name} was not ready within ${timeoutMs / 1000} s; its log is ${logFile}`);
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}
