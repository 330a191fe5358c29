import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { mustRun } from '../command.ts';

const FILE = resolve(import.meta.dirname, '..', '..', '..', 'docker-compose.yml');

/** The arguments of `docker` that mean this repository's containers, those of one instance. */
export function composeArguments(instance: string, args: readonly string[]): string[] {
  return ['compose', '--project-name', `jangbu-${instance}`, '--file', FILE, ...args];
}

/** @throws Error with the last lines of what Docker said */
export function compose(
  instance: string,
  args: readonly string[],
  { env = {}, timeoutMs = 120_000 }: { env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<string> {
  return mustRun('docker', composeArguments(instance, args), { env, timeoutMs });
}

/** Asks for it, and waits for nothing: also from a process that is about to go. */
export function askCompose(instance: string, args: readonly string[]): void {
  spawn('docker', composeArguments(instance, args), { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}
