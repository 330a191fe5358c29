import type { Knex } from 'knex';
import { createChart } from './accounts/chart.ts';
import { learnCurrencies } from './accounts/currencies-table.ts';
import type { Verification } from './audit/finding.ts';
import { type VerifyOptions, verify } from './audit/verify.ts';
import { readHead } from './chain/chain-table.ts';
import { type ChainHead, toChainHead } from './chain/head.ts';
import { createSealer, type SealResult } from './chain/seal.ts';
import { isConnectionLoss, isMysqlError } from './database/mysql-errors.ts';
import { inTransaction, unreachable } from './database/transaction.ts';
import { LedgerError } from './errors.ts';
import type { Hold } from './holds/hold.ts';
import { readHold } from './holds/read-hold.ts';
import { expireHolds } from './holds/release-hold.ts';
import { applyBatches, type Batch, type BatchResult } from './inbox/apply-batch.ts';
import { readLetters, type StoredLetter } from './inbox/dead-letters-table.ts';
import type { Handlers } from './inbox/handler.ts';
import {
  discardLetter,
  type LetterDecision,
  type RetryResult,
  readLetter,
  retryLetter,
} from './inbox/retry-letters.ts';
import type { HoldId } from './journal/entry.ts';
import { createPoster } from './journal/group-commit.ts';
import { createLonePoster } from './journal/post-guarded.ts';
import { type LedgerReader, readFrom } from './ledger-reader.ts';
import {
  type LedgerInTransaction,
  type LedgerWriter,
  listOf,
  postedOf,
  type WriterContext,
  writeAlone,
  writeWithin,
} from './ledger-writer.ts';
import { findLedger, insertLedger } from './ledgers-table.ts';
import { pageLimit, rowLimit } from './paging/page.ts';
import { assertTimeZone, parseDay } from './periods/business-day.ts';
import { changePeriod, previewPeriod } from './periods/change-period.ts';
import type { ClosedPeriod, PeriodChange, PeriodDecision, WantedPeriod } from './periods/period.ts';
import { findPeriodChanges } from './periods/periods-table.ts';
import { type Lag, readLag } from './reports/lag.ts';
import { type Lineage, readLineage } from './reports/lineage.ts';
import { readSettlementDelay, type SettlementDelay } from './reports/settlement-delay.ts';
import { type TrialBalance, type TrialBalanceOptions, trialBalance } from './reports/trial-balance.ts';
import { readWallet, type Wallet } from './reports/wallet.ts';
import { SETTLEMENT_CONSUMER } from './settlement/payment-confirmed.ts';
import type { LedgerNotice } from './watch/notice.ts';
import { createWatchers, type Watcher } from './watch/watchers.ts';

/** A ledger over the user's own MySQL: all that writes to it and reads from it. Made by {@link createLedger}. */
export interface Ledger extends LedgerWriter, LedgerReader {
  readonly ledgerId: number;
  readonly name: string;
  /** The time zone of its business days. */
  readonly timeZone: string;
  /**
   * Joins the caller's transaction, which should be READ COMMITTED. Accounts that are posted to stay locked until it ends, so
   * this suits accounts that are not hot.
   * @param notices collects what watchers would be told at the commit: for a caller who may undo a part, and tells by itself
   */
  within(trx: Knex.Transaction, notices?: LedgerNotice[]): LedgerInTransaction;
  /** Runs work in one transaction: all that it writes, or nothing. */
  transaction<T>(work: (writer: LedgerInTransaction) => Promise<T>): Promise<T>;
  /**
   * A hold as it is now.
   * @throws LedgerError `hold_unknown`
   */
  getHold(holdId: HoldId): Promise<Hold>;
  /** Releases the holds that have expired; the relay calls it now and then. Returns their ids. */
  expireHolds(): Promise<HoldId[]>;
  /**
   * The trial balance of every account, at any day and as known at any instant, read in one snapshot.
   * @throws LedgerError `day_malformed`, `query_malformed` where the period ends before it begins or `knownAt` is no instant
   */
  trialBalance(options?: TrialBalanceOptions): Promise<TrialBalance>;
  /**
   * What a seller has and what is still to come, in one currency; nothing where no sale was settled yet.
   * @throws LedgerError `account_code_malformed` for an id that no account can have, `currency_unknown`
   */
  wallet(sellerId: string, currency: string): Promise<Wallet>;
  /** How far a consumer, by default settlement, is behind the outbox. */
  lag(consumer?: string): Promise<Lag>;
  /** How long the events from an outbox seq on waited for settlement; undefined when none of them is settled. */
  settlementDelay(fromSeq: bigint): Promise<SettlementDelay | undefined>;
  /**
   * Follows money both ways between request, outbox, Kafka and books.
   * @param term an entry's id or idempotency key, an event's id, an outbox seq, `topic:partition:offset`, a trace's id, or an
   *   aggregate's id such as a paymentKey
   * @returns an element for each event behind it, in order of the outbox; none when nothing is found
   * @throws LedgerError `query_malformed`
   */
  trace(term: string, consumer?: string): Promise<Lineage[]>;
  /**
   * Tells the watcher what happens in this process, once it is committed or refused: for logs, metrics and alarms. It hears each thing once
   * at most, because the process may end first; what must not be missed is an event, written with `appendEvents`.
   * @returns what ends the watch
   */
  watch(watcher: Watcher): () => void;
  /** Applies batches of outbox events exactly once, each of another partition, in one transaction. This is what the relay calls. */
  applyBatches(handlers: Handlers, batches: readonly Batch[]): Promise<BatchResult>;
  /**
   * What waits in dead letters, in the order of the outbox, 1,000 unless told otherwise; with `resolvedToo`, also what somebody has
   * seen to.
   * @throws LedgerError `query_malformed`
   */
  deadLetters(options?: {
    limit?: number;
    resolvedToo?: boolean;
    consumer?: string;
  }): Promise<StoredLetter[]>;
  /**
   * One dead letter, with its payload.
   * @throws LedgerError `dead_letter_unknown`
   */
  deadLetter(eventId: string, consumer?: string): Promise<StoredLetter>;
  /**
   * Tries a dead letter again, with all that waits of its aggregate, in order, until one fails.
   * @throws LedgerError `dead_letter_unknown`, `dead_letter_resolved`
   */
  retryDeadLetter(
    handlers: Handlers,
    eventId: string,
    decision: LetterDecision,
    consumer?: string,
  ): Promise<Omit<RetryResult, 'notices'>>;
  /**
   * Gives a dead letter up for good.
   * @throws LedgerError `dead_letter_unknown`, `dead_letter_resolved`
   */
  discardDeadLetter(eventId: string, decision: LetterDecision, consumer?: string): Promise<void>;
  /**
   * Closes all business days up to and with this one: an entry that is effective on one of them is refused with `period_closed` from
   * then on, and what they came to is final. Closing them again changes nothing, and carries through what was broken off.
   * @param through a day that is over, `2026-10-31`
   * @throws LedgerError `day_malformed`, `period_malformed`, `period_not_over`
   */
  closePeriod(through: string, decision: PeriodDecision): Promise<ClosedPeriod>;
  /**
   * Opens the business days from this one on again.
   * @throws LedgerError `day_malformed`, `period_malformed`
   */
  reopenPeriod(from: string, decision: PeriodDecision): Promise<ClosedPeriod>;
  /**
   * What {@link closePeriod} or {@link reopenPeriod} would come to now: which days would be closed, and what they came to so far.
   * @param day as those take it
   * @throws LedgerError `day_malformed`, `period_not_over`
   */
  previewPeriod(action: 'close' | 'reopen', day: string): Promise<ClosedPeriod>;
  /** Which days are closed, by whose decision and what they came to: the newest change first. */
  periodChanges(options?: { limit?: number }): Promise<PeriodChange[]>;
  /** Proves every invariant that can be proven from the database. */
  verify(options?: Partial<VerifyOptions>): Promise<Verification>;
  /** Seals committed entries into the hash chain; the relay calls it every second. Safe from several processes at once. */
  seal(options?: { olderThanMs?: number }): Promise<SealResult>;
  /** The chain's last block, to be noted down outside the database; undefined while none is sealed. */
  chainHead(): Promise<ChainHead | undefined>;
}

/** What a ledger is made of. */
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
 * @throws LedgerError `ledger_malformed`, `ledger_unknown`, `migrations_missing`, `database_unreachable`, `currency_conflict` where this
 *   process has registered a currency with other decimals than the ledger keeps
 */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { knex, name, timeZone = 'Asia/Seoul', clock = () => new Date(), mustExist = false } = options;
  assertLedgerName(name);
  assertTimeZone(timeZone);
  for (let attempt = 1; ; attempt++) {
    const found = await lookUp(knex, name);
    if (found !== undefined) {
      await learnCurrencies(knex, found.ledgerId);
      const chart = createChart(found.ledgerId, clock);
      const posting = { ...found, chart, clock };
      return ledgerOf(knex, {
        ...posting,
        name,
        watchers: createWatchers(),
        lonePoster: createLonePoster(posting),
      });
    }
    if (mustExist) throw new LedgerError('ledger_unknown', `There is no ledger named ${name}.`, { name });
    try {
      await insertLedger(knex, name, timeZone, clock());
    } catch (error) {
      // Another process created a ledger at the same moment: look again.
      if (!isMysqlError(error, 'duplicateKey') || attempt >= 5) throw error;
    }
  }
}

function ledgerOf(knex: Knex, context: WriterContext): Ledger {
  const { ledgerId, name, timeZone, clock, watchers } = context;
  const within: Ledger['within'] = (trx, notices) => writeWithin(trx, context, notices);
  const poster = createPoster(knex, context);
  const sealer = createSealer(knex, context);
  const own = <T>(work: (writer: LedgerInTransaction) => Promise<T>) =>
    inTransaction(knex, (trx) => work(within(trx)));
  const change = async (wanted: WantedPeriod, decision: PeriodDecision): Promise<ClosedPeriod> => {
    const { isChanged, ...period } = await changePeriod(knex, context, wanted, decision);
    const type = wanted.action === 'close' ? 'period_closed' : 'period_reopened';
    if (isChanged) watchers.tell(() => [{ type, closedThrough: period.closedThrough }]);
    return period;
  };

  return {
    ledgerId,
    name,
    timeZone,
    within,
    post: async (entry) => postedOf((await poster.post([{ entries: [entry] }])).flat()[0]),
    postBatch: async (entries) =>
      (await poster.post(listOf(entries).map((entry) => ({ entries: [entry] })))).flat(),
    postLinked: async (entries) => (await poster.post([{ entries: listOf(entries) }])).flat().map(postedOf),
    ...writeAlone(own),
    ...readFrom(knex, context),
    transaction: own,
    getHold: (holdId) => readHold(knex, ledgerId, holdId),
    async expireHolds() {
      const expired = await expireHolds(knex, context, (work) => inTransaction(knex, work));
      watchers.tell(() => expired.map((holdId) => ({ type: 'hold_expired', holdId })));
      return expired;
    },
    watch: watchers.watch,
    deadLetters: async ({ limit = 1_000, resolvedToo = false, consumer = SETTLEMENT_CONSUMER } = {}) =>
      readLetters(knex, { ledgerId, consumer }, { limit: rowLimit(limit), resolvedToo }),
    deadLetter: async (eventId, consumer = SETTLEMENT_CONSUMER) =>
      readLetter(knex, { ledgerId, consumer }, eventId),
    async retryDeadLetter(handlers, eventId, decision, consumer = SETTLEMENT_CONSUMER) {
      const key = { ledgerId, consumer };
      const { notices, ...result } = await retryLetter(knex, context, handlers, key, eventId, decision);
      watchers.tell(() => notices);
      return result;
    },
    discardDeadLetter: (eventId, decision, consumer = SETTLEMENT_CONSUMER) =>
      discardLetter(knex, { ledgerId, consumer }, eventId, decision, clock()),
    trialBalance: async (options = {}) => trialBalance(knex, { ledgerId, name, timeZone }, options, clock()),
    wallet: async (sellerId, currency) => readWallet(knex, ledgerId, sellerId, currency),
    lag: (consumer = SETTLEMENT_CONSUMER) => readLag(knex, { ledgerId, consumer }),
    settlementDelay: (fromSeq) =>
      readSettlementDelay(knex, { ledgerId, consumer: SETTLEMENT_CONSUMER }, fromSeq),
    trace: (term, consumer = SETTLEMENT_CONSUMER) => readLineage(knex, { ledgerId, consumer }, term),
    async applyBatches(handlers, batches) {
      const { notices, ...result } = await applyBatches(knex, context, handlers, batches);
      watchers.tell(() => notices);
      return result;
    },
    closePeriod: async (through, decision) => change({ action: 'close', day: parseDay(through) }, decision),
    reopenPeriod: async (from, decision) => change({ action: 'reopen', day: parseDay(from) }, decision),
    previewPeriod: async (action, day) => previewPeriod(knex, context, { action, day: parseDay(day) }),
    periodChanges: async ({ limit } = {}) => findPeriodChanges(knex, ledgerId, pageLimit(limit)),
    seal: sealer.seal,
    async chainHead() {
      const head = await readHead(knex, ledgerId);
      return head === undefined ? undefined : toChainHead(head);
    },
    verify: ({ consumer = SETTLEMENT_CONSUMER, ...rest } = {}) =>
      verify(knex, ledgerId, { consumer, ...rest }, clock()),
  };
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
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    throw new LedgerError('ledger_malformed', 'A ledger is named with up to 64 of a-z, 0-9 and dash.', {
      name: String(name).slice(0, 80),
    });
  }
}
