import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { nameStatement } from './statement-name.ts';

/** Fail points between two statements are named for the one before: `relay.after:INSERT inbox`, or `relay.after:COMMIT 2` for the second. */
const AFTER = 'relay.after:';

/**
 * Kills this process on the spot, as a power cut would, when the environment names this point: for tests that prove what a
 * crash leaves behind. Does nothing in production.
 */
export function failPoint(name: 'relay.received' | 'relay.applied'): void {
  if (chosen() === name) die();
}

/**
 * Runs the work of a batch, and kills this process after the statement that the environment names: every statement, whatever the apply
 * path comes to be, has such a point. One without a name tells them on standard output instead. Costs nothing where none is chosen.
 */
export function createStatementFailPoints(knex: Knex): { within<T>(work: () => Promise<T>): Promise<T> } {
  const point = chosen();
  if (!point?.startsWith(AFTER)) return { within: (work) => work() };
  const finished = new AsyncLocalStorage<Map<string, number>>();
  knex.on('query-response', (_response: unknown, { sql }: { sql: string }) => {
    const counts = finished.getStore();
    if (counts === undefined) return;
    const name = nameStatement(sql);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const here = `${AFTER}${count === 1 ? name : `${name} ${count}`}`;
    if (here === point) die();
    if (point === AFTER) process.stdout.write(`${here}\n`);
  });
  return { within: (work) => finished.run(new Map(), work) };
}

function chosen(): string | undefined {
  return process.env.JANGBU_MODE === 'production' ? undefined : process.env.JANGBU_FAIL_POINT;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
