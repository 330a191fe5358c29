import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { lastSeq } from '../outbox/outbox-table.ts';
import { firstSeqSince } from '../replay/events-table.ts';
import { caringAlone } from './archive-outbox.ts';
import { countRows, readPartitions, splitTail } from './partitions-table.ts';

/** How large a partition is to be. */
export interface ExtendOptions {
  /** How many events a partition is for. Default: as many as the last day brought, and 10,000 at least. */
  readonly events?: number;
  /** Split a tail that has many rows as well: writers wait until they are copied. Default false. */
  readonly force?: boolean;
  /** Only say where partitions would end. Default false. */
  readonly dryRun?: boolean;
  /** Where the time comes from. Default: the system's clock. */
  readonly clock?: () => Date;
}

const DAY_MS = 86_400_000;
const FEWEST = 10_000n;
const MOST = 20_000_000n;
/** So many rows are copied in less than a second. */
const MOST_COPIED = 100_000;
const END = 2n ** 63n;

/**
 * Sees to it that a partition without events waits behind the one that is written to, so that each takes about a day's events and none
 * has to be split while it has rows. Needs a user who may change the table.
 * @returns the first seq behind each partition that was made, or would be; none where one waits already
 * @throws LedgerError `outbox_busy`, `outbox_care_running`, `database_unreachable`
 */
export function extendOutbox(
  knex: Knex,
  { dryRun = false, ...options }: ExtendOptions = {},
): Promise<bigint[]> {
  return caringAlone(knex, async () => {
    const bounds = await boundsAhead(knex, options);
    if (!dryRun) for (const bound of bounds) await splitTail(knex, bound);
    return bounds;
  });
}

async function boundsAhead(
  knex: Knex,
  { events, force = false, clock = () => new Date() }: Omit<ExtendOptions, 'dryRun'>,
): Promise<bigint[]> {
  const partitions = await readPartitions(knex);
  const last = await lastSeq(knex);
  if (partitions.some(({ fromSeq }) => fromSeq > last)) return [];
  const size = events === undefined ? await eventsOfADay(knex, last, clock()) : BigInt(events);
  const tailFrom = (partitions.at(-1)?.toSeq ?? 0n) + 1n;
  if (tailFrom > last) return [tailFrom + size];
  await assertFew(knex, tailFrom, force);
  // The partition that is written to is cut out of the tail, behind its last row.
  return [last + 1n + size, last + 1n + 2n * size];
}

async function eventsOfADay(knex: Knex, last: bigint, now: Date): Promise<bigint> {
  const first = await firstSeqSince(knex, new Date(now.getTime() - DAY_MS));
  const count = first === undefined ? 0n : last - first + 1n;
  if (count < FEWEST) return FEWEST;
  return count > MOST ? MOST : count;
}

async function assertFew(knex: Knex, tailFrom: bigint, force: boolean): Promise<void> {
  if (force) return;
  const { rows } = await countRows(knex, { fromSeq: tailFrom, toSeq: END });
  if (rows <= MOST_COPIED) return;
  throw new LedgerError(
    'outbox_busy',
    `${rows} events are in no partition yet, and writers would wait while they are copied; in a quiet hour run: npx jangbu outbox partition --force`,
    { rows },
  );
}
