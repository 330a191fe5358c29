import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.ts';
import { isLedgerError, LedgerError } from '../errors.ts';
import type { PostingContext } from '../journal/posting.ts';
import { postGroups } from '../journal/posting.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import { type LedgerNotice, noticesOf } from '../watch/notice.ts';
import {
  aggregateKey,
  type DeadLetter,
  findParked,
  insertDeadLetters,
  type Parked,
} from './dead-letters-table.ts';
import { deleteGaps, insertGaps } from './gaps-table.ts';
import type { Handlers, Plan } from './handler.ts';
import { findApplied, insertApplied } from './inbox-table.ts';
import { lockOffset, type PartitionKey, type StoredOffset, writeOffset } from './offsets-table.ts';

/** A run of events as a source delivered it. */
export interface Batch {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly events: readonly DeliveredEvent[];
  /**
   * Where the source began to read: it delivers everything from here to `nextOffset`. A batch that begins beyond the stored
   * offset would leave something out, and is refused.
   */
  readonly fromOffset: bigint;
  /** Where to read on once this batch is applied. */
  readonly nextOffset: bigint;
  /**
   * Set by a source whose leader is elected here (the embedded one): events may then stand below the stored offset, because
   * they filled a gap, and a leader of an older epoch is refused.
   */
  readonly leader?: {
    readonly epoch: bigint;
    /** Seqs that were passed by because they are not visible yet. */
    readonly gapsNoticed: readonly bigint[];
    /** Gaps that were filled, or proven dead. */
    readonly gapsClosed: readonly bigint[];
  };
}

export interface BatchResult {
  readonly applied: number;
  /** Events that had been applied before, and were dropped. */
  readonly duplicates: number;
  /** Events that went to dead letters. */
  readonly parked: number;
}

/** The result, with what watchers are told of it once it is committed. */
export interface AppliedBatch extends BatchResult {
  readonly notices: readonly LedgerNotice[];
}

interface PlannedEvent {
  readonly event: DeliveredEvent;
  readonly plan: Plan;
}

/**
 * Applies a batch exactly once: its entries, its inbox rows and its offset commit together or not at all. An event that can
 * never be applied goes to dead letters with its reason, later events of its aggregate wait there behind it, and the rest
 * of the batch is applied.
 * @throws LedgerError `consumer_fenced` when a newer leader has taken over, `batch_out_of_place` when the batch leaves out
 *   what comes before it; `database_busy`, `database_unreachable`
 */
export function applyBatch(
  knex: Knex,
  context: PostingContext,
  handlers: Handlers,
  batch: Batch,
): Promise<AppliedBatch> {
  const key: PartitionKey = {
    ledgerId: context.ledgerId,
    consumer: batch.consumer,
    topic: batch.topic,
    partition: batch.partition,
  };
  return inTransaction(knex, async (trx) => {
    const now = context.clock();
    // Fence: from here on this transaction is alone in applying the partition.
    const stored = await lockOffset(trx, key, now);
    assertInPlace(batch, stored);

    // Drop what was applied or parked before.
    const { fresh, parked } = await dropKnown(trx, key, batch, stored);

    // Plan, open accounts, post. A plan that cannot be made or posted makes its event a dead letter.
    const { applied, letters, notices } = await applyEvents(trx, context, handlers, fresh, parked);

    // Remember, and move on. The clock is read again, because what was applied was not applied before it was posted.
    await insertApplied(trx, key, batch, applied, context.clock());
    await insertDeadLetters(trx, key, letters, now);
    if (batch.leader !== undefined) {
      await insertGaps(trx, key, batch.leader.gapsNoticed, now);
      await deleteGaps(trx, key, batch.leader.gapsClosed);
    }
    const nextOffset = batch.nextOffset > stored.nextOffset ? batch.nextOffset : stored.nextOffset;
    await writeOffset(trx, key, { nextOffset, epoch: stored.epoch }, now);
    return {
      applied: applied.length,
      duplicates: batch.events.length - fresh.length,
      parked: letters.length,
      notices: [...notices, ...letters.map(parkedNotice)],
    };
  });
}

/** Makes the caller the leader of a partition: every earlier leader's next batch is refused. */
export function takeLead(knex: Knex, key: PartitionKey, now: Date): Promise<StoredOffset> {
  return inTransaction(knex, async (trx) => {
    const stored = await lockOffset(trx, key, now);
    const raised = { nextOffset: stored.nextOffset, epoch: stored.epoch + 1n };
    await writeOffset(trx, key, raised, now);
    return raised;
  });
}

function assertInPlace(batch: Batch, stored: StoredOffset): void {
  if (batch.leader !== undefined && batch.leader.epoch !== stored.epoch) {
    throw new LedgerError('consumer_fenced', 'Another relay has taken the lead since; this one must stop.', {
      epoch: batch.leader.epoch.toString(),
      currentEpoch: stored.epoch.toString(),
    });
  }
  // The embedded source's first seq is 1, and its stored offset 0 before it has read anything.
  const expected = stored.nextOffset === 0n && batch.leader !== undefined ? 1n : stored.nextOffset;
  if (batch.fromOffset > expected) {
    throw new LedgerError(
      'batch_out_of_place',
      'The batch leaves out what lies before it; read on from the stored offset.',
      {
        topic: batch.topic,
        partition: batch.partition,
        fromOffset: batch.fromOffset.toString(),
        storedOffset: expected.toString(),
      },
    );
  }
}

async function dropKnown(
  trx: Knex,
  key: PartitionKey,
  batch: Batch,
  stored: StoredOffset,
): Promise<{ fresh: DeliveredEvent[]; parked: Parked }> {
  const ahead =
    batch.leader === undefined
      ? batch.events.filter(({ offset }) => offset >= stored.nextOffset)
      : batch.events;
  const byId = new Map(ahead.map((event) => [event.eventId, event]));
  const applied = await findApplied(trx, key, [...byId.keys()]);
  for (const eventId of applied) byId.delete(eventId);
  const parked = await findParked(trx, key, [...byId.values()]);
  for (const eventId of parked.eventIds) byId.delete(eventId);
  return { fresh: [...byId.values()], parked };
}

async function applyEvents(
  trx: Knex,
  context: PostingContext,
  handlers: Handlers,
  events: readonly DeliveredEvent[],
  parked: Parked,
): Promise<{ applied: DeliveredEvent[]; letters: DeadLetter[]; notices: LedgerNotice[] }> {
  const letters: DeadLetter[] = [];
  const park = (event: DeliveredEvent, error: LedgerError) => {
    letters.push({ event, error });
    parked.aggregates.add(aggregateKey(event));
  };
  const planned: PlannedEvent[] = [];
  for (const event of events) {
    const plan = parked.aggregates.has(aggregateKey(event))
      ? behindDeadLetter(event)
      : planOf(event, handlers);
    if (isLedgerError(plan)) park(event, plan);
    else planned.push({ event, plan });
  }
  const ready = await openAccounts(trx, context, planned, park);
  const groups = ready.map(({ event, plan }) => ({ entries: plan.entries, orderKey: aggregateKey(event) }));
  const outcomes = await postGroups(trx, context, groups);
  const applied: DeliveredEvent[] = [];
  const refusedKeys = new Set<string>();
  ready.forEach(({ event }, index) => {
    const refused = outcomes[index]?.find((outcome) => outcome.status === 'rejected');
    const isBehind = refusedKeys.has(aggregateKey(event));
    if (isBehind) park(event, behindDeadLetter(event));
    else if (refused?.status === 'rejected') park(event, refused.error);
    else applied.push(event);
    if (refused !== undefined) refusedKeys.add(aggregateKey(event));
  });
  const notices = ready.flatMap(({ plan }, index) =>
    plan.entries.flatMap(({ idempotencyKey }, place) => {
      const outcome = outcomes[index]?.[place];
      return outcome === undefined ? [] : noticesOf(idempotencyKey, outcome);
    }),
  );
  return { applied, letters, notices };
}

/** Opens what the plans need in one go; only when that is refused does it look for the event that is to blame. */
async function openAccounts(
  trx: Knex,
  context: PostingContext,
  planned: readonly PlannedEvent[],
  park: (event: DeliveredEvent, error: LedgerError) => void,
): Promise<PlannedEvent[]> {
  try {
    await context.chart.open(
      trx,
      planned.flatMap(({ plan }) => plan.accounts),
    );
    return [...planned];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
  }
  const ready: PlannedEvent[] = [];
  const refusedKeys = new Set<string>();
  for (const one of planned) {
    if (refusedKeys.has(aggregateKey(one.event))) {
      park(one.event, behindDeadLetter(one.event));
      continue;
    }
    try {
      await context.chart.open(trx, one.plan.accounts);
      ready.push(one);
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      park(one.event, error);
      refusedKeys.add(aggregateKey(one.event));
    }
  }
  return ready;
}

function planOf(event: DeliveredEvent, handlers: Handlers): Plan | LedgerError {
  try {
    return handlers.planFor(event) ?? { accounts: [], entries: [] };
  } catch (error) {
    if (isLedgerError(error)) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new LedgerError(
      'event_malformed',
      `The handler failed: ${message}`,
      { eventType: event.eventType },
      { cause: error },
    );
  }
}

function parkedNotice({ event, error }: DeadLetter): LedgerNotice {
  const { eventId, eventType, aggregateId } = event;
  return { type: 'event_parked', eventId, eventType, aggregateId, code: error.code, reason: error.message };
}

function behindDeadLetter(event: DeliveredEvent): LedgerError {
  return new LedgerError(
    'event_behind_dead_letter',
    'An earlier event of this aggregate waits in dead letters.',
    {
      aggregateType: event.aggregateType,
      aggregateId: event.aggregateId,
    },
  );
}
