import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimOrRefuse } from './claim.ts';
import { compose, composeArguments } from './docker/compose.ts';
import { stopContainers } from './docker/docker-platform.ts';
import { exclusively } from './exclusive.ts';
import { instanceFolder } from './folders.ts';
import { answers } from './health.ts';
import { addressOf, PARTS, type Part } from './parts.ts';
import { end, isRunning } from './processes.ts';
import { type PartState, readState, type StackState, writeState } from './state.ts';

export interface PartStatus {
  readonly part: Part;
  readonly health: 'up' | 'down' | 'not answering' | 'never started';
  readonly address?: string;
  readonly pid?: number;
}

export function statusOf(instance: string): Promise<PartStatus[]> {
  const state = readState(instance);
  return Promise.all(PARTS.map((part) => statusOfPart(part, state[part])));
}

async function statusOfPart(part: Part, known: PartState | undefined): Promise<PartStatus> {
  if (known === undefined) return { part, health: 'never started' };
  const address = addressOf(part, known.port);
  const isUp = await answers(part, address);
  if (known.container === true) return { part, address, health: isUp ? 'up' : 'down' };
  if (known.process === undefined || !isRunning(known.process)) return { part, health: 'down' };
  return { part, address, pid: known.process.pid, health: isUp ? 'up' : 'not answering' };
}

/**
 * Ends what runs; ports and data are kept for the next start.
 * @throws ForeignServerError when it belongs to a process that still runs, such as npm start
 */
export function endInstance(instance: string): Promise<void> {
  return exclusively(instanceFolder(instance), async () => {
    const state = readState(instance);
    for (const part of PARTS) claimOrRefuse(`${part} of ${instance}`, state[part]?.owner);
    const kept: StackState = {};
    const containers = PARTS.filter((part) => state[part]?.container === true);
    await stopContainers(instance, containers);
    for (const part of [...PARTS].reverse()) {
      const known = state[part];
      if (known === undefined) continue;
      if (known.process !== undefined) await end(known.process);
      kept[part] = { port: known.port, ...(known.container && { container: true }) };
    }
    writeState(instance, kept);
  });
}

/** Ends what runs, and deletes its data. */
export async function emptyInstance(instance: string): Promise<void> {
  await endInstance(instance);
  const isInDocker = Object.values(readState(instance)).some(({ container }) => container === true);
  if (isInDocker) await compose(instance, ['down', '--volumes']);
  rmSync(instanceFolder(instance), { recursive: true, force: true });
}

/** Copies a part's log to standard output, and goes on with what is added to it when asked to, until a signal. */
export function showLog(instance: string, part: Part, follow: boolean): Promise<void> {
  const [command, args] = logCommand(instance, part, follow);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}

function logCommand(instance: string, part: Part, follow: boolean): [string, string[]] {
  const onward = follow ? ['--follow'] : [];
  if (readState(instance)[part]?.container === true)
    return ['docker', composeArguments(instance, ['logs', '--no-log-prefix', ...onward, part])];
  const file = join(instanceFolder(instance), part, 'log');
  if (!existsSync(file)) throw new Error(`${part} of ${instance} has no log yet.`);
  return follow ? ['tail', ['-n', '100', '-f', file]] : ['cat', [file]];
}
