import type { Knex } from 'knex';
import { readRange } from './events-table.ts';
import type { ReplayedEvent, ReplayRange, ReplayRun } from './run.ts';

/** Some events of a run, in order, and where the run goes on after them. */
export interface ReplayPage {
  readonly events: readonly ReplayedEvent[];
  readonly nextSeq: bigint;
}

/** Most seqs of other aggregates are passed by in one statement, which so stays short. */
const WINDOW = 20_000n;

/** The next page of a range from a seq on; it may be empty where only one aggregate is wanted. */
export async function readPage(
  db: Knex,
  { toSeq, aggregateId }: Pick<ReplayRun, 'toSeq' | 'aggregateId'>,
  fromSeq: bigint,
  limit: number,
): Promise<ReplayPage> {
  const windowEnd = fromSeq + WINDOW - 1n;
  const end = aggregateId === null || toSeq < windowEnd ? toSeq : windowEnd;
  const range: ReplayRange = { fromSeq, toSeq: end };
  const events = await readRange(db, range, aggregateId, limit);
  const last = events.at(-1);
  const isFull = last !== undefined && events.length === limit;
  return { events, nextSeq: (isFull ? last.seq : end) + 1n };
}
