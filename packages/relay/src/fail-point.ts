import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { nameStatement } from './statement-name.ts';

/**
 * Fail points between two statements are named for the one before: `relay.after:INSERT inbox` in a batch, with a 2 behind it for the second of
 * that name, and `relay.taking:UPDATE consumer_offsets` where a relay takes partitions.
 */
type Prefix = 'relay.taking:' | 'relay.after:';
const PREFIXES: readonly Prefix[] = ['relay.taking:', 'relay.after:'];

/**
 * Kills this process on the spot, as a power cut would, when the environment names this point: for tests that prove what a
 * crash leaves behind. Does nothing in production.
 */
export function failPoint(name: 'relay.received' | 'relay.applied'): void {
  if (chosen() === name) die();
}

export interface StatementFailPoints {
  within<T>(prefix: Prefix, work: () => Promise<T>): Promise<T>;
}

/**
 * Runs the work, and kills this process after the statement that the environment names: every statement, whatever the apply path comes
 * to be, has such a point. A prefix without a name tells those of both prefixes on standard output instead. Costs nothing where none is chosen.
 */
export function createStatementFailPoints(knex: Knex): StatementFailPoints {
  const point = chosen() ?? '';
  if (!PREFIXES.some((prefix) => point.startsWith(prefix))) return { within: (_prefix, work) => work() };
  const isTelling = PREFIXES.some((prefix) => point === prefix);
  const finished = new AsyncLocalStorage<{ prefix: Prefix; counts: Map<string, number> }>();
  knex.on('query-response', (_response: unknown, { sql }: { sql: string }) => {
    const work = finished.getStore();
    if (work === undefined) return;
    const name = nameStatement(sql);
    const count = (work.counts.get(name) ?? 0) + 1;
    work.counts.set(name, count);
    const here = `${work.prefix}${count === 1 ? name : `${name} ${count}`}`;
    if (here === point) die();
    if (isTelling) process.stdout.write(`${here}\n`);
  });
  return { within: (prefix, work) => finished.run({ prefix, counts: new Map() }, work) };
}

function chosen(): string | undefined {
  return process.env.JANGBU_MODE === 'production' ? undefined : process.env.JANGBU_FAIL_POINT;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
