import type { Knex } from 'knex';
import { createChart } from '../accounts/chart.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import type { Handlers } from '../inbox/handler.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import type { PostingContext } from '../journal/posting.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import { SETTLEMENT_CONSUMER } from '../settlement/payment-confirmed.ts';
import { applyPage, lockOurRun } from './apply-page.ts';
import { openHistory } from './history.ts';
import type { ReplayPage } from './page.ts';
import { copyChart, discardedOf, keepingTimes } from './rebuilding.ts';
import { NO_COUNTS, type ReplayCounts, type ReplayRun } from './run.ts';
import { advanceRun, endRun } from './runs-table.ts';
import { type ReplaySession, readReplay } from './session.ts';

/** What a replay needs from the process that runs it. */
export interface ProceedOptions {
  readonly knex: Knex;
  /** What the events mean to the ledger that is written to. */
  readonly handlers: Handlers;
  /** Sends events to Kafka, and resolves once it has them for good; needed where the run is to publish. */
  readonly publish?: (events: readonly DeliveredEvent[]) => Promise<void>;
  /** Ends the run, as cancelled, after the page in hand. */
  readonly signal?: AbortSignal;
  /** Told after each page. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Events in one transaction. Default 500. */
  readonly pageSize?: number;
  /** Where the archive of the outbox is: needed where events of the range have left the outbox. */
  readonly archiveFolder?: string | undefined;
  /** Where the time comes from. Default: the system's clock. */
  readonly clock?: () => Date;
}

/** How far a replay is. */
export interface ReplayProgress {
  /** Of this run, what came before it was resumed included. */
  readonly counts: ReplayCounts;
  readonly totalEvents: number;
  readonly nextSeq: bigint;
}

const DEFAULT_PAGE = 500;
const SEAL_EVERY_MS = 1_000;

/**
 * Goes on with a run until its range is through or it is cancelled. Memory does not grow with the range: while a page is
 * written, the next one is read and planned. When it throws, the run can be resumed.
 * @returns the run as it ended
 * @throws LedgerError `replay_overtaken`, `archive_missing`, `archive_damaged`, `database_busy`, `database_unreachable`,
 *   `database_read_only`, `database_full`
 */
export async function proceedReplay(session: ReplaySession, options: ProceedOptions): Promise<ReplayRun> {
  const { knex, signal, onProgress, pageSize = DEFAULT_PAGE, archiveFolder } = options;
  const { run } = session;
  const worker = await workerOf(run, options);
  let counts = run.counts;
  let from = run.nextSeq;
  const history = openHistory(knex, archiveFolder);
  const prepare = (seq: bigint) =>
    ahead(run, seq, async () => worker.prepare(await history.page(run, seq, pageSize)));
  let next = prepare(from);
  try {
    while (from <= run.toSeq) {
      if (signal?.aborted === true) return await end(options, run, 'cancelled');
      const page = await next();
      from = page.nextSeq;
      next = prepare(from);
      await assertHeld(session);
      const done = await page.work();
      if (done === undefined) return await readReplay(knex, run.runId);
      counts = plus(counts, done);
      onProgress?.({ counts, totalEvents: run.totalEvents, nextSeq: from });
    }
  } finally {
    await history.close();
    await worker.finish?.();
  }
  return end(options, run, 'completed');
}

/** A page with what a kind of run does with it. */
interface PreparedPage extends Pick<ReplayPage, 'nextSeq'> {
  /** Undefined when the run was cancelled. */
  work(): Promise<ReplayCounts | undefined>;
}

interface Worker {
  /** What can be done for a page while the one before it is written. */
  prepare(page: ReplayPage): Promise<PreparedPage>;
  /** What is left to do once the range is through, or the run ends otherwise. */
  finish?(): Promise<unknown>;
}

async function workerOf(run: ReplayRun, options: ProceedOptions): Promise<Worker> {
  if (run.kind === 'publish') return publisher(run, options);
  return run.kind === 'apply' ? applier(run, options) : rebuilder(run, options);
}

async function applier(run: ReplayRun, { knex, handlers, clock = now }: ProceedOptions): Promise<Worker> {
  const { context } = await contextOf(knex, run.ledger, clock);
  const key: ConsumerKey = { ledgerId: run.ledgerId, consumer: SETTLEMENT_CONSUMER };
  return {
    prepare: async (page) => ({
      nextSeq: page.nextSeq,
      work: () => applyPage(knex, context, { run, key, handlers }, page),
    }),
  };
}

async function rebuilder(run: ReplayRun, { knex, handlers, clock = now }: ProceedOptions): Promise<Worker> {
  const { context, ledger } = await contextOf(knex, run.ledger, clock);
  const key: ConsumerKey = { ledgerId: run.ledgerId, consumer: SETTLEMENT_CONSUMER };
  const source: ConsumerKey = { ledgerId: run.sourceLedgerId, consumer: SETTLEMENT_CONSUMER };
  await copyChart(knex, run.sourceLedgerId, context);
  // No relay seals this ledger.
  const sealing = sealNowAndThen(ledger);
  return {
    async prepare(page) {
      sealing.goOn();
      const discarded = await discardedOf(knex, source, page.events);
      const timed = await keepingTimes(knex, run.sourceLedgerId, handlers, page.events);
      return {
        nextSeq: page.nextSeq,
        work: () => applyPage(knex, context, { run, key, handlers: timed, discarded }, page),
      };
    },
    finish: () => sealing.finish(),
  };
}

/** Seals what was written some pages ago while the next ones are written, once a second, as a relay does. */
function sealNowAndThen(ledger: Pick<Ledger, 'seal'>) {
  let begunAt = performance.now();
  let last: Promise<unknown> = Promise.resolve();
  let isSealing = false;
  return {
    goOn(): void {
      if (isSealing || performance.now() - begunAt < SEAL_EVERY_MS) return;
      begunAt = performance.now();
      isSealing = true;
      // What fails is sealed later, at the end at the latest, where a failure is told.
      last = ledger
        .seal()
        .catch(() => {})
        .finally(() => {
          isSealing = false;
        });
    },
    async finish(): Promise<void> {
      await last;
      await ledger.seal();
    },
  };
}

function publisher(run: ReplayRun, { knex, publish, clock = now }: ProceedOptions): Worker {
  if (publish === undefined)
    throw new LedgerError('replay_malformed', 'This run publishes to Kafka, and was given no way to.', {
      field: 'publish',
    });
  // Kafka first: a page that is published and not recorded is published twice, and the inbox drops it.
  const work = async ({ events, nextSeq }: ReplayPage) => {
    const { isCancelAsked } = await inTransaction(knex, (trx) => lockOurRun(trx, run));
    if (isCancelAsked) {
      await end({ knex, clock }, run, 'cancelled');
      return undefined;
    }
    await publish(events);
    const counts = { ...NO_COUNTS, events: events.length, published: events.length };
    await inTransaction(knex, async (trx) => {
      await lockOurRun(trx, run);
      await advanceRun(trx, run.runId, { nextSeq, counts, now: clock() });
    });
    return counts;
  };
  return { prepare: async (page) => ({ nextSeq: page.nextSeq, work: () => work(page) }) };
}

async function contextOf(knex: Knex, name: string, clock: () => Date) {
  const ledger = await createLedger({ knex, name, clock, mustExist: true });
  const { ledgerId, timeZone } = ledger;
  const context: PostingContext = { ledgerId, timeZone, chart: createChart(ledgerId, clock), clock };
  return { ledger, context };
}

/** Begins at once; an error waits until the page is asked for. */
function ahead(
  run: ReplayRun,
  from: bigint,
  prepare: () => Promise<PreparedPage>,
): () => Promise<PreparedPage> {
  if (from > run.toSeq) return () => Promise.reject(new Error('The range has no further page.'));
  const preparing = prepare();
  preparing.catch(() => {});
  return () => preparing;
}

async function end(
  { knex, clock = now }: Pick<ProceedOptions, 'knex' | 'clock'>,
  run: ReplayRun,
  status: 'completed' | 'cancelled',
): Promise<ReplayRun> {
  await inTransaction(knex, async (trx) => {
    await lockOurRun(trx, run);
    await endRun(trx, run.runId, status, clock());
  });
  return readReplay(knex, run.runId);
}

/** A lock whose session MySQL has ended may be another's by now; the epoch would tell as well, but only after the work. */
async function assertHeld({ lock, run }: ReplaySession): Promise<void> {
  if (await lock.isHeld()) return;
  throw new LedgerError('replay_overtaken', `Replay ${run.runId} has lost its lock; resume it.`, {
    runId: run.runId,
  });
}

function plus(a: ReplayCounts, b: ReplayCounts): ReplayCounts {
  return {
    events: a.events + b.events,
    applied: a.applied + b.applied,
    duplicates: a.duplicates + b.duplicates,
    parked: a.parked + b.parked,
    published: a.published + b.published,
  };
}

function now(): Date {
  return new Date();
}
