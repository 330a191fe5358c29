import type { Knex } from 'knex';
import { inTransaction, inTrial } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import type { PostingContext } from '../journal/posting.ts';
import type { LedgerNotice } from '../watch/notice.ts';
import { applyEvents } from './apply-events.ts';
import {
  findLetter,
  lockLettersOf,
  recordFailure,
  resolveLetters,
  type StoredLetter,
} from './dead-letters-table.ts';
import type { Handlers } from './handler.ts';
import { insertApplied } from './inbox-table.ts';
import { isolate } from './isolate.ts';
import type { ConsumerKey } from './offsets-table.ts';

/** Who sees to a dead letter, and why. */
export interface LetterDecision {
  /** 1 to 191 characters. */
  readonly by: string;
  /** 1 to 500 characters. */
  readonly reason: string;
  /** Only tell what would come of it: everything is done, and undone. Default false. */
  readonly dryRun?: boolean;
}

/** What a retry of dead letters applied, and where it stopped. */
export interface RetryResult {
  /** The events that are applied now, in order. */
  readonly applied: readonly string[];
  /** The event that failed again, behind which the others of its aggregate still wait; null when none did. */
  readonly failed: { readonly eventId: string; readonly code: string; readonly reason: string } | null;
  readonly notices: readonly LedgerNotice[];
}

/** Where the inbox says that a retried event came from. */
const RETRIED = { topic: '#dead-letters', partition: 0 };

/**
 * Tries an event again, with all that waits of its aggregate, in the order in which it was written, until one fails.
 * @throws LedgerError `dead_letter_unknown`, `dead_letter_resolved`, `database_busy`, `database_unreachable`
 */
export async function retryLetter(
  knex: Knex,
  context: PostingContext,
  handlers: Handlers,
  key: ConsumerKey,
  eventId: string,
  decision: LetterDecision,
): Promise<RetryResult> {
  assertDecision(decision);
  const { by, reason, dryRun = false } = decision;
  return (dryRun ? inTrial : inTransaction)(knex, async (trx) => {
    const { event } = await openLetter(trx, key, eventId);
    const waiting = (await lockLettersOf(trx, key, event)).map((letter) => letter.event);
    const { applied, letters, notices } = await isolate(
      trx,
      waiting,
      { aggregates: new Set() },
      handlers,
      async (events, behind, using) => {
        const result = await applyEvents(trx, context, using, events, behind);
        const places = result.applied.map((one) => ({ event: one, place: RETRIED }));
        await insertApplied(trx, key, places, context.clock());
        return result;
      },
    );
    const at = context.clock();
    const eventIds = applied.map((one) => one.eventId);
    await resolveLetters(trx, key, eventIds, { how: 'applied', at, by, reason });
    const [failed] = letters;
    if (failed !== undefined) await recordFailure(trx, key, failed);
    return {
      applied: eventIds,
      failed:
        failed === undefined
          ? null
          : { eventId: failed.event.eventId, code: failed.error.code, reason: failed.error.message },
      notices: dryRun ? [] : notices,
    };
  });
}

/**
 * Gives an event up: it is never applied, and what waits behind it may be retried.
 * @throws LedgerError `dead_letter_unknown`, `dead_letter_resolved`, `database_busy`, `database_unreachable`
 */
export async function discardLetter(
  knex: Knex,
  key: ConsumerKey,
  eventId: string,
  decision: LetterDecision,
  now: Date,
): Promise<void> {
  assertDecision(decision);
  const { by, reason, dryRun = false } = decision;
  await (dryRun ? inTrial : inTransaction)(knex, async (trx) => {
    const { event } = await openLetter(trx, key, eventId);
    // Locks what a retry at the same moment would lock, and looks again.
    const waiting = await lockLettersOf(trx, key, event);
    if (!waiting.some((letter) => letter.event.eventId === eventId)) throw resolved(eventId);
    await resolveLetters(trx, key, [eventId], { how: 'discarded', at: now, by, reason });
  });
}

/** @throws LedgerError `dead_letter_unknown` */
export async function readLetter(db: Knex, key: ConsumerKey, eventId: string): Promise<StoredLetter> {
  const letter = typeof eventId === 'string' ? await findLetter(db, key, eventId) : undefined;
  if (letter !== undefined) return letter;
  const shown = String(eventId).slice(0, 80);
  throw new LedgerError('dead_letter_unknown', `Event ${shown} is not in dead letters.`, { eventId: shown });
}

async function openLetter(trx: Knex, key: ConsumerKey, eventId: string): Promise<StoredLetter> {
  const letter = await readLetter(trx, key, eventId);
  if (letter.resolution !== null) throw resolved(eventId);
  return letter;
}

function resolved(eventId: string): LedgerError {
  return new LedgerError('dead_letter_resolved', `Event ${eventId} waits no more; somebody has seen to it.`, {
    eventId,
  });
}

function assertDecision(decision: LetterDecision): void {
  const isText = (value: unknown, most: number) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && value.isWellFormed();
  const isSound = isText(decision?.by, 191) && isText(decision?.reason, 500);
  if (!isSound)
    throw new LedgerError('entry_malformed', 'Say who decided (up to 191 characters) and why (up to 500).', {
      field: 'decision',
    });
}
