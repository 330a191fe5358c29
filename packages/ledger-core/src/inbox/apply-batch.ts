import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import { type PostingContext, postGroups, postGroupsEarly } from '../journal/posting.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { LedgerNotice } from '../watch/notice.ts';
import { type AppliedEvents, applyEvents, type Post } from './apply-events.ts';
import { isOfAnEvent } from './blame.ts';
import { type DeadLetter, findParked, insertDeadLetters, type Parked } from './dead-letters-table.ts';
import { deleteGaps, insertGaps } from './gaps-table.ts';
import type { Handlers } from './handler.ts';
import { findApplied, insertApplied } from './inbox-table.ts';
import { type Attempt, isolate } from './isolate.ts';
import {
  type ConsumerKey,
  lockOffsets,
  type Place,
  type StoredOffset,
  writeOffsets,
} from './offsets-table.ts';

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

/** What became of the events of one transaction. */
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

/**
 * Applies batches exactly once, each of another partition of one consumer: their entries, inbox rows and offsets commit
 * together or not at all. An event that can never be applied goes to dead letters with its reason, later events of its
 * aggregate wait there behind it, and the rest is applied.
 * @throws LedgerError `consumer_fenced` when a newer leader has taken over, `batch_out_of_place` when a batch leaves out
 *   what comes before it; `database_busy`, `database_unreachable`, `database_read_only`, `database_full`
 */
export async function applyBatches(
  knex: Knex,
  context: PostingContext,
  handlers: Handlers,
  batches: readonly Batch[],
): Promise<AppliedBatch> {
  const allAtOnce: Way = (_trx, events, parked, attempt) => attempt(events, parked, handlers);
  const inHalves: Way = (trx, events, parked, attempt) => isolate(trx, events, parked, handlers, attempt);
  const apply = (way: Way, posting: Posting) =>
    inTransaction(knex, (trx) => applyInTransaction(trx, context, batches, way, posting));
  try {
    return await apply(allAtOnce, writeFirst);
  } catch (error) {
    if (!(error instanceof NotSoEarly) && !isOfAnEvent(error)) throw error;
  }
  // What an account refuses, or a key that was used, has to be decided before anything is written.
  try {
    return await apply(allAtOnce, decideFirst);
  } catch (error) {
    // The usual batch needs no savepoint; one that an event has broken is begun anew, with them.
    if (!isOfAnEvent(error)) throw error;
  }
  return apply(inHalves, decideFirst);
}

/** How a transaction posts entries, and remembers in the inbox the events that were applied. */
type Posting = (remember: (events: readonly DeliveredEvent[]) => Promise<void>) => Post;

/** Decides first, and writes what was accepted; what was applied is remembered afterwards. */
const decideFirst: Posting = () => postGroups;

/**
 * Writes inbox and entries before it locks accounts, so that two batches hold each other up no longer than they must. It goes well for
 * all events, or the transaction is rolled back.
 */
const writeFirst: Posting = (remember) => async (trx, context, groups, events) => {
  await remember(events);
  const outcomes = await postGroupsEarly(trx, context, groups);
  if (outcomes === undefined) throw new NotSoEarly();
  return outcomes;
};

/** Rolls the transaction back; the batch is then applied with care. */
class NotSoEarly extends Error {}

/** How the fresh events of a transaction are applied. */
type Way = (
  trx: Knex,
  events: readonly DeliveredEvent[],
  parked: Parked,
  attempt: Attempt,
) => Promise<AppliedEvents>;

async function applyInTransaction(
  trx: Knex.Transaction,
  context: PostingContext,
  batches: readonly Batch[],
  way: Way,
  posting: Posting,
): Promise<AppliedBatch> {
  const key: ConsumerKey = { ledgerId: context.ledgerId, consumer: consumerOf(batches) };
  const now = context.clock();
  // Fence: from here on this transaction is alone in applying the partitions.
  const stored = await lockOffsets(trx, key, batches, now);
  const fenced = batches.map((batch, index) => inPlace(batch, stored[index]));

  // Drop what was applied or parked before.
  const { fresh, parked } = await dropKnown(trx, key, batches);

  // Plan, open accounts, post, remember. An event for which that cannot be done becomes a dead letter.
  const { applied, letters, notices } = await way(
    trx,
    [...fresh.keys()],
    parked,
    async (events, behind, using) => {
      // One instant for an attempt: an event is applied when its entries are booked, and by that they are found from it. It is read
      // here, because what was applied was not applied before its batch was begun.
      const appliedAt = context.clock();
      const remembered = new Set<DeliveredEvent>();
      const remember = async (done: readonly DeliveredEvent[]) => {
        const places = done.flatMap((event) => {
          const place = remembered.has(event) ? undefined : fresh.get(event);
          return place === undefined ? [] : [{ event, place }];
        });
        for (const event of done) remembered.add(event);
        await insertApplied(trx, key, places, appliedAt);
      };
      const timed = { ...context, clock: () => appliedAt };
      const result = await applyEvents(trx, timed, using, events, behind, posting(remember));
      await remember(result.applied);
      await insertDeadLetters(trx, key, result.letters, now);
      return result;
    },
  );

  // Move on.
  for (const { leader } of batches) {
    if (leader === undefined) continue;
    await insertGaps(trx, key, leader.gapsNoticed, now);
    await deleteGaps(trx, key, leader.gapsClosed);
  }
  const batchEvents = sum(batches.map(({ events }) => events.length));
  const freshCounts = countByPlace(fresh.values());
  const duplicates = batches.map((batch) => batch.events.length - (freshCounts.get(batch) ?? 0));
  const taken = fenced.map((one, index) => ({
    ...one,
    taken: { batchEvents, duplicates: duplicates[index] ?? 0 },
  }));
  await writeOffsets(trx, key, taken, now);
  return {
    applied: applied.length,
    duplicates: sum(duplicates),
    parked: letters.length,
    notices: [...notices, ...letters.map(parkedNotice)],
  };
}

/** What the leader of a topic begins with. */
export interface Lead {
  readonly epoch: bigint;
  /** The stored offset of each partition, in the order asked for; 0 where nothing was read yet. */
  readonly nextOffsets: readonly bigint[];
}

/** Makes the caller the leader of a topic's partitions: every earlier leader's next batch is refused. */
export function takeLead(
  knex: Knex,
  key: ConsumerKey,
  topic: string,
  partitions: readonly number[],
  now: Date,
): Promise<Lead> {
  return inTransaction(knex, async (trx) => {
    const places = partitions.map((partition) => ({ topic, partition }));
    const stored = await lockOffsets(trx, key, places, now);
    const epoch = stored.reduce((highest, one) => (one.epoch > highest ? one.epoch : highest), 0n) + 1n;
    const nextOffsets = stored.map(({ nextOffset }) => nextOffset);
    const offsets = places.map((place, index) => ({
      place,
      offset: { nextOffset: nextOffsets[index] ?? 0n, epoch },
    }));
    await writeOffsets(trx, key, offsets, now);
    return { epoch, nextOffsets };
  });
}

function consumerOf(batches: readonly Batch[]): string {
  const [consumer, ...others] = new Set(batches.map((batch) => batch.consumer));
  if (consumer === undefined || others.length > 0)
    throw new Error('Batches are applied for one consumer at a time.');
  return consumer;
}

/** Where the batch's partition is to be read on once it is applied. */
function inPlace(batch: Batch, stored: StoredOffset | undefined): { place: Place; offset: StoredOffset } {
  if (stored === undefined) throw new Error(`Partition ${batch.topic} ${batch.partition} is not locked.`);
  assertInPlace(batch, stored);
  const nextOffset = batch.nextOffset > stored.nextOffset ? batch.nextOffset : stored.nextOffset;
  return { place: batch, offset: { nextOffset, epoch: stored.epoch } };
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

/**
 * The events that are neither applied nor parked, with where they came from. The inbox alone decides, never the offset: a topic
 * that was made anew begins at offset 0 again.
 */
export async function dropKnown(
  trx: Knex,
  key: ConsumerKey,
  batches: readonly (Place & Pick<Batch, 'events'>)[],
): Promise<{ fresh: Map<DeliveredEvent, Place>; parked: Parked }> {
  const byId = new Map<string, { event: DeliveredEvent; place: Place }>();
  // Of an event that comes twice in a batch the first counts: that is where it is said to have been read.
  for (const place of batches)
    for (const event of place.events) if (!byId.has(event.eventId)) byId.set(event.eventId, { event, place });
  const applied = await findApplied(trx, key, [...byId.keys()]);
  for (const eventId of applied) byId.delete(eventId);
  const parked = await findParked(
    trx,
    key,
    [...byId.values()].map(({ event }) => event),
  );
  for (const eventId of parked.eventIds) byId.delete(eventId);
  return { fresh: new Map([...byId.values()].map(({ event, place }) => [event, place])), parked };
}

function countByPlace(places: Iterable<Place>): Map<Place, number> {
  const counts = new Map<Place, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function parkedNotice({ event, error }: DeadLetter): LedgerNotice {
  const { eventId, eventType, aggregateId } = event;
  return { type: 'event_parked', eventId, eventType, aggregateId, code: error.code, reason: error.message };
}
