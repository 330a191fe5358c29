import type { Knex } from 'knex';
import type { Account, AccountOpening } from './accounts/account.ts';
import { type AccountChanger, changeAccounts } from './accounts/change-account.ts';
import { describeRefused, isLedgerError, LedgerError } from './errors.ts';
import { captureHold } from './holds/capture-hold.ts';
import type { Capture, CaptureRequest, HoldRequest, HoldStatus, PlacedHold } from './holds/hold.ts';
import { placeHold } from './holds/place-hold.ts';
import { releaseHold } from './holds/release-hold.ts';
import type { Group } from './journal/booking.ts';
import type { Outcome } from './journal/decide-groups.ts';
import type { Entry, HoldId, PostedEntry } from './journal/entry.ts';
import type { LonePoster } from './journal/post-guarded.ts';
import { entryRequestedEvent } from './journal/post-later.ts';
import { type PostingContext, postGroups } from './journal/posting.ts';
import { type LedgerReader, readFrom } from './ledger-reader.ts';
import { appendEvents } from './outbox/append.ts';
import type { NewEvent } from './outbox/event.ts';
import type { Reversal, ReversalRequest } from './reversal/reversal.ts';
import { reverseEntry } from './reversal/reverse-entry.ts';
import { type LedgerNotice, noticesOf, refusalNotices } from './watch/notice.ts';
import type { Watchers } from './watch/watchers.ts';

/** What writes to a ledger; the same on its own as within a transaction of the caller's. */
export interface LedgerWriter extends AccountChanger {
  /**
   * Posts one entry. The same key and body again gives the first result, with `replayed` set.
   * @throws LedgerError with the rejection's code (docs/reference/rejections.md), `database_busy` or `database_unreachable`
   */
  post(entry: Entry): Promise<PostedEntry>;
  /**
   * Posts many entries; a bad one is rejected alone. Outcomes come in the order of the entries. On its own, up to 500 entries
   * share a transaction; within the caller's, all of them do.
   */
  postBatch(entries: readonly Entry[]): Promise<Outcome[]>;
  /**
   * Posts linked entries: all of them, or none.
   * @throws LedgerError the first rejection; `details.index` says which entry it was
   */
  postLinked(entries: readonly Entry[]): Promise<PostedEntry[]>;
  /**
   * Sets money aside: it counts against the limits of its accounts, and is posted once it is captured.
   * @throws LedgerError as {@link LedgerWriter.post}
   */
  hold(request: HoldRequest): Promise<PlacedHold>;
  /**
   * Posts what was held, or a part of it; several captures may share a hold.
   * @throws LedgerError `hold_unknown`, `hold_closed`, `hold_exceeded`, `idempotency_conflict`, and as {@link LedgerWriter.post}
   */
  capture(request: CaptureRequest): Promise<Capture>;
  /**
   * Gives back what is held and not captured. Doing so again changes nothing.
   * @returns `released`, or `expired` when it had expired before
   * @throws LedgerError `hold_unknown`, `hold_closed` when all of it was captured
   */
  release(holdId: HoldId): Promise<HoldStatus>;
  /**
   * Posts the opposite of an entry, or of a part of it, never more than is left of it.
   * @throws LedgerError `entry_unknown`, `reversal_exceeded`, `idempotency_conflict`, and as {@link LedgerWriter.post}
   */
  reverse(request: ReversalRequest): Promise<Reversal>;
  /**
   * Opens the accounts that are missing, and returns all, in the order given. Those that are there stay as they are, so a program
   * may call it at every start: name, limits and metadata count only where an account is opened.
   * @throws LedgerError `account_code_malformed`, `account_malformed`, `currency_unknown`, `account_conflict` when an account is
   *   there with another type or currency
   */
  openAccounts(openings: readonly AccountOpening[]): Promise<Account[]>;
}

/** A ledger within the caller's transaction: what is written here is there if, and only if, that transaction commits. */
export interface LedgerInTransaction extends LedgerWriter, LedgerReader {
  /**
   * Asks for an entry to be posted after the caller's transaction has committed: the relay posts it exactly once, and no account
   * is locked here, so this suits hot accounts. The entry is validated at once; what only shows when it is posted, such as a
   * limit, sends it to dead letters, and watchers are told `event_parked`.
   * @param options.orderKey entries of one order key are posted in order, and wait behind one that is in dead letters; defaults
   *   to the entry's idempotency key
   * @returns the id of the outbox event
   * @throws LedgerError as an entry that is not well formed does
   */
  postLater(entry: Entry, options?: { orderKey?: string }): Promise<string>;
  /** Writes events to the outbox, and returns their ids. */
  appendEvents(events: readonly NewEvent[]): Promise<string[]>;
}

export interface WriterContext extends PostingContext {
  readonly name: string;
  readonly watchers: Watchers;
  readonly lonePoster: LonePoster;
}

/**
 * The ledger's writer in a transaction. Watchers hear of rejections at once, and of the rest when the transaction commits, or as
 * the caller sees fit, who then gives a place to collect them.
 */
export function writeWithin(
  trx: Knex.Transaction,
  context: WriterContext,
  collected?: LedgerNotice[],
): LedgerInTransaction {
  const { name, clock } = context;
  const { note, telling } = createTeller(trx, context, collected);

  async function postAll(groups: readonly Group[]): Promise<Outcome[]> {
    const outcomes = (await postGroups(trx, context, groups)).flat();
    const keys = groups.flatMap(({ entries }) => entries.map((entry) => entry?.idempotencyKey));
    for (const [index, outcome] of outcomes.entries()) note(keys[index] ?? '', outcome);
    return outcomes;
  }

  async function postAlone(entry: Entry): Promise<PostedEntry> {
    const outcome = await context.lonePoster.post(trx, entry);
    note(entry?.idempotencyKey ?? '', outcome);
    return postedOf(outcome);
  }

  return {
    ...readFrom(trx, context),
    post: postAlone,
    postBatch: async (entries) => postAll(listOf(entries).map((entry) => ({ entries: [entry] }))),
    postLinked: async (entries) => (await postAll([{ entries: listOf(entries) }])).map(postedOf),
    hold: (request) =>
      telling(request?.idempotencyKey, placeHold(trx, context, request), ({ replayed, ...hold }) =>
        replayed ? [] : [{ type: 'hold_placed', ...hold }],
      ),
    capture: (request) =>
      telling(request?.idempotencyKey, captureHold(trx, context, request), ({ replayed, entryId }) =>
        replayed
          ? []
          : [
              { type: 'entry_posted', entryId, idempotencyKey: request.idempotencyKey },
              { type: 'hold_captured', holdId: request.holdId, entryId },
            ],
      ),
    release: (holdId) =>
      telling(holdId, releaseHold(trx, context, holdId), () => [{ type: 'hold_released', holdId }]),
    reverse: (request) =>
      telling(
        request?.idempotencyKey,
        reverseEntry(trx, context, request),
        ({ replayed, entryId, idempotencyKey }) =>
          replayed ? [] : [{ type: 'entry_posted', entryId, idempotencyKey }],
      ),
    openAccounts: (openings) => context.chart.open(trx, openings),
    ...changeAccounts(trx, context),
    async postLater(entry, { orderKey } = {}) {
      const [eventId] = await appendEvents(trx, [entryRequestedEvent(name, entry, orderKey)], clock());
      return eventId ?? '';
    },
    appendEvents: (events) => appendEvents(trx, events, clock()),
  };
}

/** Tells watchers what comes of a caller's work: of a refusal at once, of the rest when the transaction commits. */
function createTeller(trx: Knex.Transaction, { watchers }: WriterContext, collected?: LedgerNotice[]) {
  const untilCommit: LedgerNotice[] = collected ?? [];
  if (collected === undefined) {
    trx.executionPromise?.then(
      () => watchers.tell(() => untilCommit),
      () => {},
    );
  }

  return {
    note(key: string, outcome: Outcome): void {
      const notices = noticesOf(key, outcome);
      if (outcome.status === 'rejected') watchers.tell(() => notices);
      else untilCommit.push(...notices);
    },

    /** Does the work, tells what came of it, and tells of its refusal. */
    async telling<T>(key: string, work: Promise<T>, notices: (result: T) => LedgerNotice[]): Promise<T> {
      try {
        const result = await work;
        untilCommit.push(...notices(result));
        return result;
      } catch (error) {
        if (isLedgerError(error)) watchers.tell(() => refusalNotices(key, error));
        throw error;
      }
    },
  };
}

type Work<T> = (writer: LedgerInTransaction) => Promise<T>;

/** What a writer does in a transaction of its own, one for each call. */
export function writeAlone(
  own: <T>(work: Work<T>) => Promise<T>,
): Omit<LedgerWriter, 'post' | 'postBatch' | 'postLinked'> {
  return {
    hold: (request) => own((writer) => writer.hold(request)),
    capture: (request) => own((writer) => writer.capture(request)),
    release: (holdId) => own((writer) => writer.release(holdId)),
    reverse: (request) => own((writer) => writer.reverse(request)),
    openAccounts: (openings) => own((writer) => writer.openAccounts(openings)),
    freezeAccount: (code, decision) => own((writer) => writer.freezeAccount(code, decision)),
    unfreezeAccount: (code, decision) => own((writer) => writer.unfreezeAccount(code, decision)),
    closeAccount: (code, decision) => own((writer) => writer.closeAccount(code, decision)),
    reopenAccount: (code, decision) => own((writer) => writer.reopenAccount(code, decision)),
    setLimits: (code, limits, decision) => own((writer) => writer.setLimits(code, limits, decision)),
  };
}

/** @throws LedgerError `entry_malformed` where a caller without types gives something else than a list */
export function listOf(entries: readonly Entry[]): readonly Entry[] {
  if (Array.isArray(entries)) return entries;
  throw new LedgerError('entry_malformed', `Entries are a list, not ${describeRefused(entries)}.`, {
    field: 'entries',
  });
}

/** @throws LedgerError the rejection */
export function postedOf(outcome: Outcome | undefined): PostedEntry {
  if (outcome === undefined) throw new Error('Posting gave no outcome.');
  if (outcome.status === 'rejected') throw outcome.error;
  return outcome.posted;
}
