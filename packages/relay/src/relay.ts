import { hostname } from 'node:os';
import {
  advanceWatermark,
  type Batch,
  type BatchResult,
  createHandlers,
  type HandlerRegistry,
  isLedgerError,
  type Ledger,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { type BatchLimits, createBatchSizer } from './batch-size.ts';
import { coalesce } from './coalesce.ts';
import { createCrashGuard } from './crash-guard.ts';
import { type EventHandler, inTransactionOf } from './event-handler.ts';
import { createStatementFailPoints, failPoint } from './fail-point.ts';
import { type Job, type Jobs, startJobs } from './jobs.ts';
import { backoffMs, sleep } from './sources/backoff.ts';
import type { OutboxSource, Take } from './sources/source.ts';
import { type Delivered, takeRound } from './take-round.ts';
import { inBatchSpan } from './tracing.ts';

export interface RelayOptions {
  ledger: Ledger;
  /** Needs a pool of four connections at least: the relay keeps one for as long as it lives, and an embedded source another. */
  knex: Knex;
  source: OutboxSource;
  /** Default: none but those that are registered with {@link Relay.on}. */
  handlers?: HandlerRegistry;
  consumer: string;
  /** How `jangbu status` names this process. Default: `host:pid`. */
  name?: string;
  onApplied?(
    result: BatchResult,
    batches: readonly Pick<Batch, 'topic' | 'partition' | 'nextOffset'>[],
    tookMs: number,
  ): void;
  onTrouble?(message: string, error: unknown): void;
  /** An event is parked once so many processes have died with it in hand. Default 3, at least 2. */
  maxCrashes?: number;
  /** A source that delivers faster than this is read on only when what it delivered is applied. */
  batchLimits?: BatchLimits;
}

export interface Relay {
  /**
   * Applies events of a type and version with this handler, each exactly once, in order per aggregate. Register before the start.
   * @throws LedgerError `handler_conflict` when there is one already
   */
  on<Payload>(eventType: string, eventVersion: number, handler: EventHandler<Payload>): Relay;
  /** How many events the next transaction may take. */
  batchSize(): number;
  /** What is registered; `ledger.retryDeadLetter` takes it. */
  readonly handlers: HandlerRegistry;
  start(): Promise<void>;
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

const WATERMARK_EVERY_MS = 5_000;
/** A hold that has expired can be captured no more, whether or not it is released yet: this frees what it held. */
const EXPIRY_EVERY_MS = 1_000;
const SEAL_EVERY_MS = 1_000;

/** Joins a source to a ledger: each batch is applied exactly once, and tried again for as long as MySQL is away. */
export function createRelay({
  ledger,
  knex,
  source,
  handlers = createHandlers(),
  consumer,
  name = `${hostname()}:${process.pid}`,
  onApplied,
  onTrouble,
  maxCrashes,
  batchLimits,
}: RelayOptions): Relay {
  const stopping = new AbortController();
  const guard = createCrashGuard({
    knex,
    key: { ledgerId: ledger.ledgerId, consumer },
    relay: name,
    handlers,
    apply: ledger.applyBatches,
    ...(onTrouble === undefined ? {} : { onTrouble }),
    ...(maxCrashes === undefined ? {} : { maxCrashes }),
  });
  const sizer = createBatchSizer(batchLimits);
  const failPoints = createStatementFailPoints(knex);
  let jobs: Jobs | undefined;
  const inHand = new Set<Promise<void>>();

  /** What several partitions have ready is applied in one transaction, as much of it as a transaction should take. */
  async function apply(batches: readonly Delivered[]): Promise<void> {
    // The transaction in hand ends; what else a source has delivered is delivered again at the next start.
    if (stopping.signal.aborted) throw new Error('The relay is stopping.');
    for (let attempt = 0; ; attempt++) {
      try {
        const startedAt = performance.now();
        failPoint('relay.received');
        const result = await inBatchSpan(batches, () =>
          failPoints.within('relay.after:', () =>
            guard.apply(batches.map((batch) => ({ ...batch, consumer }))),
          ),
        );
        failPoint('relay.applied');
        const tookMs = performance.now() - startedAt;
        sizer.applied(countOf(batches), tookMs);
        onApplied?.(result, batches, tookMs);
        return;
      } catch (error) {
        if (isOfTheSource(error) || stopping.signal.aborted) throw error;
        onTrouble?.('MySQL cannot take the batch now; trying again', error);
        await sleep(backoffMs(attempt), stopping.signal);
      }
    }
  }
  const deliver = coalesce(
    (batches: readonly Delivered[]) => {
      const applying = apply(batches).finally(() => inHand.delete(applying));
      inHand.add(applying);
      return applying;
    },
    (batches) => takeRound(batches, sizer.size()),
    (batches) => countOf(batches) >= sizer.size(),
  );

  const take: Take = (topic, partitions) =>
    failPoints.within('relay.taking:', () =>
      guard.take(partitions.map((partition) => ({ topic, partition }))),
    );

  const relay: Relay = {
    batchSize: () => sizer.size(),
    handlers,
    on(eventType, eventVersion, handler) {
      if (jobs !== undefined) throw new Error('Register handlers before the relay is started.');
      handlers.run(eventType, eventVersion, inTransactionOf(ledger, handler));
      return relay;
    },
    async start() {
      await source.start(deliver, take);
      jobs = startJobs(jobsBeside(ledger, knex, consumer), (message, error) => onTrouble?.(message, error));
    },
    async stop() {
      stopping.abort();
      await Promise.all([source.stop(), jobs?.stop()]);
      // A source may leave before its last batch is committed.
      await Promise.allSettled(inHand);
      await guard.release().catch((error) => onTrouble?.('the partitions could not be given back', error));
    },
  };
  return relay;
}

/** What is done now and then beside applying. */
function jobsBeside(ledger: Ledger, knex: Knex, consumer: string): Job[] {
  const key = { ledgerId: ledger.ledgerId, consumer };
  return [
    {
      name: 'moving the watermark',
      everyMs: WATERMARK_EVERY_MS,
      run: () => advanceWatermark(knex, key, new Date()),
    },
    { name: 'sealing', everyMs: SEAL_EVERY_MS, run: () => ledger.seal() },
    { name: 'releasing expired holds', everyMs: EXPIRY_EVERY_MS, run: () => ledger.expireHolds() },
  ];
}

function countOf(batches: readonly Delivered[]): number {
  return batches.reduce((sum, { events }) => sum + events.length, 0);
}

/** Only the source can mend these, by reading from elsewhere. What an event is to blame for is parked, so all else passes by. */
function isOfTheSource(error: unknown): boolean {
  return isLedgerError(error) && (error.code === 'consumer_fenced' || error.code === 'batch_out_of_place');
}
