import type { Knex } from 'knex';
import type { Account, AccountOpening } from './accounts/account.ts';
import { type Chart, createChart } from './accounts/chart.ts';
import type { Verification } from './audit/finding.ts';
import { verify } from './audit/verify.ts';
import { isConnectionLoss, isMysqlError } from './database/mysql-errors.ts';
import { inTransaction, unreachable } from './database/transaction.ts';
import { LedgerError } from './errors.ts';
import { captureHold } from './holds/capture-hold.ts';
import type { Capture, CaptureRequest, Hold, HoldRequest, HoldStatus, PlacedHold } from './holds/hold.ts';
import { placeHold } from './holds/place-hold.ts';
import { readHold } from './holds/read-hold.ts';
import { expireHolds, releaseHold } from './holds/release-hold.ts';
import { applyBatch, type Batch, type BatchResult } from './inbox/apply-batch.ts';
import type { Handlers } from './inbox/handler.ts';
import type { Outcome } from './journal/decide-groups.ts';
import type { Entry, HoldId, PostedEntry } from './journal/entry.ts';
import { createPoster } from './journal/group-commit.ts';
import { type PostingContext, postGroups } from './journal/posting.ts';
import { findLedger, insertLedger } from './ledgers-table.ts';
import { appendEvents } from './outbox/append.ts';
import type { NewEvent } from './outbox/event.ts';
import { assertTimeZone } from './periods/business-day.ts';
import { type Lag, readLag } from './reports/lag.ts';
import { readSettlementDelay, type SettlementDelay } from './reports/settlement-delay.ts';
import { type TrialBalance, type TrialBalanceOptions, trialBalance } from './reports/trial-balance.ts';
import { readWallet, type Wallet } from './reports/wallet.ts';
import type { Reversal, ReversalRequest } from './reversal/reversal.ts';
import { reverseEntry } from './reversal/reverse-entry.ts';
import { SETTLEMENT_CONSUMER } from './settlement/payment-confirmed.ts';

/** What writes to a ledger; the same on its own as within a transaction of the caller's. */
export interface LedgerWriter {
  /**
   * Posts one entry. The same key and body again gives the first result, with `replayed` set.
   * @throws LedgerError with the rejection's code (docs/reference/rejections.md), `database_busy` or `database_unreachable`
   */
  post(entry: Entry): Promise<PostedEntry>;
  /** Posts many entries in one transaction; a bad one is rejected alone. Outcomes come in the order of the entries. */
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
   * Opens the accounts that are missing, and returns all, in the order given.
   * @throws LedgerError `account_code_malformed`, `account_conflict`, `currency_unknown`
   */
  openAccounts(openings: readonly AccountOpening[]): Promise<Account[]>;
}

/** A ledger within the caller's transaction: what is written here is there if, and only if, that transaction commits. */
export interface LedgerInTransaction extends LedgerWriter {
  /** Writes events to the outbox, and returns their ids. */
  appendEvents(events: readonly NewEvent[]): Promise<string[]>;
}

export interface Ledger extends LedgerWriter {
  readonly ledgerId: number;
  readonly name: string;
  /** The time zone of its business days. */
  readonly timeZone: string;
  /**
   * Joins the caller's transaction, which should be READ COMMITTED. Accounts that are posted to stay locked until it ends, so
   * this suits accounts that are not hot.
   */
  within(trx: Knex.Transaction): LedgerInTransaction;
  /** Runs work in one transaction: all that it writes, or nothing. */
  transaction<T>(work: (writer: LedgerInTransaction) => Promise<T>): Promise<T>;
  /** @throws LedgerError `hold_unknown` */
  getHold(holdId: HoldId): Promise<Hold>;
  /** Releases the holds that have expired; the relay calls it now and then. Returns their ids. */
  expireHolds(): Promise<HoldId[]>;
  trialBalance(options?: TrialBalanceOptions): Promise<TrialBalance>;
  wallet(sellerId: string, currency: string): Promise<Wallet>;
  /** How far a consumer, by default settlement, is behind the outbox. */
  lag(consumer?: string): Promise<Lag>;
  /** How long the events from an outbox seq on waited for settlement; undefined when none of them is settled. */
  settlementDelay(fromSeq: bigint): Promise<SettlementDelay | undefined>;
  /** Applies a batch of outbox events exactly once. This is what the relay calls. */
  applyBatch(handlers: Handlers, batch: Batch): Promise<BatchResult>;
  /** Proves every invariant that can be proven from the database. */
  verify(options?: { consumer?: string; lagAllowanceMs?: number }): Promise<Verification>;
}

export interface LedgerOptions {
  /** Over mysql2. The ledger uses its pool, and never closes it. */
  knex: Knex;
  /** Lower case, digits and dashes, up to 64: `kimchi-mall`. */
  name: string;
  /** IANA name. Given once, when the ledger is created; default Asia/Seoul. */
  timeZone?: string;
  /** Where the time comes from. Default: the system's clock. */
  clock?: () => Date;
  /** Fail with `ledger_unknown` instead of creating it: for tools that only read. */
  mustExist?: boolean;
}

/**
 * Opens a ledger, and creates it if there is none of that name. The migrations must have run.
 * @throws LedgerError `ledger_malformed`, `migrations_missing`, `database_unreachable`
 */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { knex, name, timeZone = 'Asia/Seoul', clock = () => new Date(), mustExist = false } = options;
  assertLedgerName(name);
  assertTimeZone(timeZone);
  for (let attempt = 1; ; attempt++) {
    const found = await lookUp(knex, name);
    if (found !== undefined)
      return ledgerOf(knex, { ...found, chart: createChart(found.ledgerId, clock), clock }, name);
    if (mustExist) throw new LedgerError('ledger_unknown', `There is no ledger named ${name}.`, { name });
    try {
      await insertLedger(knex, name, timeZone, clock());
    } catch (error) {
      // Another process created a ledger at the same moment: look again.
      if (!isMysqlError(error, 'duplicateKey') || attempt >= 5) throw error;
    }
  }
}

function ledgerOf(knex: Knex, context: PostingContext & { chart: Chart }, name: string): Ledger {
  const { ledgerId, timeZone, clock } = context;
  const poster = createPoster(knex, context);
  const own = <T>(work: (writer: LedgerInTransaction) => Promise<T>) =>
    inTransaction(knex, (trx) => work(within(trx)));

  function within(trx: Knex.Transaction): LedgerInTransaction {
    return {
      post: async (entry) => {
        const [outcome] = (await postGroups(trx, context, [{ entries: [entry] }])).flat();
        return resultOf(outcome);
      },
      postBatch: async (entries) =>
        (
          await postGroups(
            trx,
            context,
            entries.map((entry) => ({ entries: [entry] })),
          )
        ).flat(),
      postLinked: async (entries) => (await postGroups(trx, context, [{ entries }])).flat().map(resultOf),
      hold: (request) => placeHold(trx, context, request),
      capture: (request) => captureHold(trx, context, request),
      release: (holdId) => releaseHold(trx, context, holdId),
      reverse: (request) => reverseEntry(trx, context, request),
      openAccounts: (openings) => context.chart.open(trx, openings),
      appendEvents: (events) => appendEvents(trx, events, clock()),
    };
  }

  return {
    ledgerId,
    name,
    timeZone,
    within,
    post: async (entry) => resultOf((await poster.post([{ entries: [entry] }])).flat()[0]),
    postBatch: async (entries) => (await poster.post(entries.map((entry) => ({ entries: [entry] })))).flat(),
    postLinked: async (entries) => (await poster.post([{ entries }])).flat().map(resultOf),
    hold: (request) => own((writer) => writer.hold(request)),
    capture: (request) => own((writer) => writer.capture(request)),
    release: (holdId) => own((writer) => writer.release(holdId)),
    reverse: (request) => own((writer) => writer.reverse(request)),
    transaction: own,
    getHold: (holdId) => readHold(knex, ledgerId, holdId),
    expireHolds: () => expireHolds(knex, context, (work) => inTransaction(knex, work)),
    openAccounts: (openings) => own((writer) => writer.openAccounts(openings)),
    trialBalance: (options = {}) => trialBalance(knex, { ledgerId, name, timeZone }, options, clock()),
    wallet: (sellerId, currency) => readWallet(knex, ledgerId, sellerId, currency),
    lag: (consumer = SETTLEMENT_CONSUMER) => readLag(knex, { ledgerId, consumer }),
    settlementDelay: (fromSeq) =>
      readSettlementDelay(knex, { ledgerId, consumer: SETTLEMENT_CONSUMER }, fromSeq),
    applyBatch: (handlers, batch) => applyBatch(knex, context, handlers, batch),
    verify: ({ consumer = SETTLEMENT_CONSUMER, ...rest } = {}) =>
      verify(knex, ledgerId, { consumer, ...rest }, clock()),
  };
}

function resultOf(outcome: Outcome | undefined): PostedEntry {
  if (outcome === undefined) throw new Error('Posting gave no outcome.');
  if (outcome.status === 'rejected') throw outcome.error;
  return outcome.posted;
}

async function lookUp(knex: Knex, name: string) {
  try {
    return await findLedger(knex, name);
  } catch (error) {
    if (isConnectionLoss(error)) throw unreachable(error);
    if (!isMysqlError(error, 'noSuchTable')) throw error;
    throw new LedgerError(
      'migrations_missing',
      'The ledger has no tables yet; run: npx jangbu migrate',
      {},
      { cause: error },
    );
  }
}

function assertLedgerName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    throw new LedgerError('ledger_malformed', 'A ledger is named with up to 64 of a-z, 0-9 and dash.', {
      name: String(name).slice(0, 80),
    });
  }
}
