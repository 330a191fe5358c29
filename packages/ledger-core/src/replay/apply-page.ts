import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError, type LedgerErrorCode } from '../errors.ts';
import { dropKnown } from '../inbox/apply-batch.ts';
import { type AppliedEvents, applyEvents } from '../inbox/apply-events.ts';
import { isOfAnEvent } from '../inbox/blame.ts';
import { insertDeadLetters, resolveLetters, type StoredLetter } from '../inbox/dead-letters-table.ts';
import type { Handlers } from '../inbox/handler.ts';
import { insertApplied } from '../inbox/inbox-table.ts';
import { type Attempt, isolate } from '../inbox/isolate.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import type { PostingContext } from '../journal/posting.ts';
import type { ReplayPage } from './page.ts';
import { NO_COUNTS, type ReplayCounts, type ReplayRun } from './run.ts';
import { advanceRun, endRun, lockRun } from './runs-table.ts';

/** Where the inbox says that a replayed event came from. */
const REPLAYED = { topic: '#replay', partition: 0 };

export interface PageWork {
  readonly run: Pick<ReplayRun, 'runId' | 'epoch'>;
  readonly key: ConsumerKey;
  readonly handlers: Handlers;
  /** Letters that were discarded in the ledger that is rebuilt: they stay so. */
  readonly discarded?: readonly StoredLetter[];
}

/**
 * Applies a page with the relay's own guarantee: its entries, inbox rows and dead letters commit together, and with them where the
 * run goes on. A run that was to be cancelled ends instead.
 * @returns what the page came to; undefined when the run was cancelled
 * @throws LedgerError `replay_overtaken`; `database_busy`, `database_unreachable`, `database_read_only`, `database_full`
 */
export async function applyPage(
  knex: Knex,
  context: PostingContext,
  work: PageWork,
  page: ReplayPage,
): Promise<ReplayCounts | undefined> {
  const apply = (inHalves: boolean) =>
    inTransaction(knex, (trx) => applyInTransaction(trx, context, work, page, inHalves));
  try {
    return await apply(false);
  } catch (error) {
    // As in the relay: one that an event has broken, or the relay at the same moment, is begun anew and looks again.
    if (!isOfAnEvent(error) || isOvertaken(error)) throw error;
    return apply(true);
  }
}

async function applyInTransaction(
  trx: Knex.Transaction,
  context: PostingContext,
  { run, key, handlers, discarded = [] }: PageWork,
  { events, nextSeq }: ReplayPage,
  inHalves: boolean,
): Promise<ReplayCounts | undefined> {
  const now = context.clock();
  if ((await lockOurRun(trx, run)).isCancelAsked) {
    await endRun(trx, run.runId, 'cancelled', now);
    return undefined;
  }
  await keepDiscarded(trx, key, discarded);
  const { fresh, parked } = await dropKnown(trx, key, [{ ...REPLAYED, events }]);
  const attempt: Attempt = async (some, behind, using) => {
    const result = await applyEvents(trx, context, using, some, behind);
    const places = result.applied.map((event) => ({ event, place: REPLAYED }));
    await insertApplied(trx, key, places, context.clock());
    await insertDeadLetters(trx, key, result.letters, now);
    return result;
  };
  const todo = [...fresh.keys()];
  const done = await (inHalves
    ? isolate(trx, todo, parked, handlers, attempt)
    : attempt(todo, parked, handlers));
  const counts = countsOf(events.length, todo.length, done);
  await advanceRun(trx, run.runId, { nextSeq, counts, now: context.clock() });
  return counts;
}

/**
 * The fence: from here on this transaction is alone in moving the run. Says whether the run is to be cancelled.
 * @throws LedgerError `replay_overtaken`
 */
export async function lockOurRun(
  trx: Knex,
  { runId, epoch }: Pick<ReplayRun, 'runId' | 'epoch'>,
): Promise<{ isCancelAsked: boolean }> {
  const stored = await lockRun(trx, runId);
  if (stored === undefined || stored.status !== 'running' || stored.epoch !== epoch)
    throw new LedgerError(
      'replay_overtaken',
      `Replay ${runId} goes on elsewhere, or has ended; this one stops.`,
      { runId },
    );
  return { isCancelAsked: stored.cancelAskedBy !== null };
}

async function keepDiscarded(trx: Knex, key: ConsumerKey, letters: readonly StoredLetter[]): Promise<void> {
  for (const { event, reasonCode, reason, resolution } of letters) {
    if (resolution === null) continue;
    const error = new LedgerError(reasonCode as LedgerErrorCode, reason);
    await insertDeadLetters(trx, key, [{ event, error }], resolution.at);
    await resolveLetters(trx, key, [event.eventId], resolution);
  }
}

function countsOf(events: number, fresh: number, { applied, letters }: AppliedEvents): ReplayCounts {
  return {
    ...NO_COUNTS,
    events,
    applied: applied.length,
    duplicates: events - fresh,
    parked: letters.length,
  };
}

function isOvertaken(error: unknown): boolean {
  return error instanceof LedgerError && error.code === 'replay_overtaken';
}
