import type { Knex } from 'knex';
import { lastTrimmedSeq } from '../archive/archives-table.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import { lastSeq } from '../outbox/outbox-table.ts';
import { countNext, isRangeHeldOpen } from './events-table.ts';
import { countArchived } from './history.ts';
import type { ReplayRange } from './run.ts';

/** A range in which nothing can appear any more, with what is in it. */
export interface SettledRange extends ReplayRange {
  readonly totalEvents: number;
  /** The seq at which the range was cut off, because an open transaction holds it; null when it was not. */
  readonly heldSeq: bigint | null;
}

const ROWS_AT_ONCE = 10_000;
/** Between taking a seq and writing its row a statement takes far less than this. */
const GRACE_MS = 50;

/**
 * Cuts the range off below the first seq whose transaction is still open, and counts its events: a seq is taken before its
 * transaction commits, so a row can appear below others that are there, and a page that was read would lack it. Events that have left the
 * outbox are counted in their archive.
 * @throws LedgerError `replay_malformed`, `replay_range_empty`, `archive_missing`, `archive_damaged`
 */
export async function settleRange(
  knex: Knex,
  asked: { fromSeq: bigint; toSeq?: bigint | undefined },
  aggregateId: string | null,
  archiveFolder?: string,
): Promise<SettledRange> {
  const last = await lastSeq(knex);
  const { fromSeq, toSeq = last } = asked;
  assertRange({ fromSeq, toSeq }, last);
  const end = toSeq < last ? toSeq : last;
  const trimmed = await lastTrimmedSeq(knex);
  const archived = { fromSeq, toSeq: end < trimmed ? end : trimmed };
  let totalEvents = await countArchived(knex, archiveFolder, archived, aggregateId);
  for (let from = fromSeq > trimmed ? fromSeq : trimmed + 1n; from <= end; ) {
    const window = await settleWindow(knex, { fromSeq: from, toSeq: end }, aggregateId);
    totalEvents += window.matching;
    const { heldSeq } = window;
    if (heldSeq !== null) return nonEmpty({ fromSeq, toSeq: heldSeq - 1n, totalEvents, heldSeq });
    from = window.upTo + 1n;
  }
  return nonEmpty({ fromSeq, toSeq: end, totalEvents, heldSeq: null });
}

/** The next rows of a range: up to where nothing can appear any more, and how many of them are wanted. */
async function settleWindow(
  knex: Knex,
  { fromSeq, toSeq }: ReplayRange,
  aggregateId: string | null,
): Promise<{ upTo: bigint; matching: number; heldSeq: bigint | null }> {
  const {
    rows,
    matching,
    lastSeq: reached,
  } = await countNext(knex, { fromSeq, toSeq }, aggregateId, ROWS_AT_ONCE);
  const upTo = rows < ROWS_AT_ONCE || reached === undefined ? toSeq : reached;
  const isWhole = BigInt(rows) === upTo - fromSeq + 1n;
  if (isWhole) return { upTo, matching, heldSeq: null };
  await new Promise((resume) => setTimeout(resume, GRACE_MS));
  const heldSeq = (await firstHeld(knex, { fromSeq, toSeq: upTo })) ?? null;
  // What has committed meanwhile counts too; what comes after a held seq does not.
  const settled = { fromSeq, toSeq: heldSeq === null ? upTo : heldSeq - 1n };
  const again = await countNext(knex, settled, aggregateId, 2 * ROWS_AT_ONCE);
  return { upTo, matching: again.matching, heldSeq };
}

/** The lowest seq of the range that an open transaction holds. */
async function firstHeld(knex: Knex, range: ReplayRange): Promise<bigint | undefined> {
  return inTransaction(knex, async (trx) => {
    if (!(await isRangeHeldOpen(trx, range))) return undefined;
    let { fromSeq: low, toSeq: high } = range;
    while (low < high) {
      const middle = (low + high) / 2n;
      if (await isRangeHeldOpen(trx, { fromSeq: low, toSeq: middle })) high = middle;
      else low = middle + 1n;
    }
    return low;
  });
}

function assertRange({ fromSeq, toSeq }: ReplayRange, last: bigint): void {
  const details = { from: fromSeq.toString(), to: toSeq.toString(), lastSeq: last.toString() };
  if (fromSeq > last)
    throw new LedgerError(
      'replay_range_empty',
      `The outbox ends at seq ${last}; there is nothing from ${fromSeq} on.`,
      details,
    );
  if (toSeq < fromSeq)
    throw new LedgerError(
      'replay_malformed',
      `The range ends at seq ${toSeq}, before it begins at ${fromSeq}.`,
      {
        field: 'to',
        ...details,
      },
    );
}

function nonEmpty(range: SettledRange): SettledRange {
  if (range.totalEvents > 0) return range;
  const { fromSeq, toSeq, heldSeq } = range;
  throw new LedgerError(
    'replay_range_empty',
    heldSeq === null
      ? `No such event stands between seq ${fromSeq} and ${toSeq}.`
      : `No such event stands between seq ${fromSeq} and ${heldSeq}, which an open transaction holds; try again once it has ended.`,
    { from: fromSeq.toString(), to: toSeq.toString(), heldSeq: heldSeq?.toString() ?? null },
  );
}
