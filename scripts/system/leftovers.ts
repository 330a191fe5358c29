import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, identityOf, isProcessRunning, type ProcessIdentity } from '@jangbu/stack';

/** The processes of a run, written down so that the next run finds them when this one is killed. */
export interface Run {
  readonly owner: ProcessIdentity;
  readonly services: readonly ProcessIdentity[];
}

export function rememberRun(folder: string, pids: readonly number[]): void {
  const services = pids.map(identityOf).filter((identity) => identity !== undefined);
  const run = { owner: identityOf(process.pid), services };
  writeFileSync(fileIn(folder), JSON.stringify(run));
}

/**
 * Ends what a killed run left: an API with yesterday's code would go on answering, a relay would go on reading.
 * @throws Error when the run is not over
 */
export async function endLeftovers(folder: string): Promise<number> {
  const { owner, services } = readRun(folder);
  if (owner !== undefined && owner.pid !== process.pid && isProcessRunning(owner))
    throw new Error(`Jangbu runs already, as process ${owner.pid}; end that one first.`);
  const left = services.filter(isProcessRunning);
  await Promise.all(left.map((identity) => endProcess(identity)));
  return left.length;
}

function readRun(folder: string): { owner?: ProcessIdentity; services: readonly ProcessIdentity[] } {
  try {
    const { owner, services } = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Run;
    const isSound = [owner, ...services].every(({ pid, startedAt }) => pid > 0 && startedAt >= 0);
    return isSound ? { owner, services } : { services: [] };
  } catch {
    return { services: [] };
  }
}

function fileIn(folder: string): string {
  return join(folder, 'run.json');
}
