import { randomUUID } from 'node:crypto';
import {
  acquireLeaderLock,
  type Batch,
  type BatchResult,
  type ConsumerKey,
  claimPartitions,
  type DeliveredEvent,
  finishEvents,
  type Handlers,
  type LeaderLock,
  LedgerError,
  lifeLockName,
  readAttempts,
  refusing,
  releasePartitions,
  startEvents,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { MOST_AT_ONCE } from './batch-size.ts';
import { cautiousGroups } from './cautious-groups.ts';

export interface CrashGuardOptions {
  readonly knex: Knex;
  readonly key: ConsumerKey;
  /** How people know this process. */
  readonly relay: string;
  readonly handlers: Handlers;
  apply(handlers: Handlers, batches: readonly Batch[]): Promise<BatchResult>;
  onTrouble?(message: string, error: unknown): void;
  /** An event is parked once so many processes have died with it in hand. Default 3, at least 2. */
  readonly maxCrashes?: number;
}

/**
 * Finds events that kill the process that applies them. Who takes over a partition sees whether the process before died with it;
 * only then are events begun and finished in committed steps, some at a time, and alone where they were in hand at an
 * earlier death. What was in hand too often is parked. The usual batch costs no round trip more.
 */
export interface CrashGuard {
  /** Says that this process reads the partitions from here on, also where it had them before: another may have had them meanwhile. */
  take(places: readonly Place[]): Promise<void>;
  apply(batches: readonly Batch[]): Promise<BatchResult>;
  /** Says that this process ends cleanly. */
  release(): Promise<void>;
}

type Place = Pick<Batch, 'topic' | 'partition'>;

/** So many events of a partition a process has in hand at most, unless it was told otherwise. */
const IN_HAND = MOST_AT_ONCE;
const NOTHING: BatchResult = { applied: 0, duplicates: 0, parked: 0 };

export function createCrashGuard({
  knex,
  key,
  relay,
  handlers,
  apply,
  onTrouble,
  maxCrashes = 3,
}: CrashGuardOptions): CrashGuard {
  if (!Number.isInteger(maxCrashes) || maxCrashes < 2)
    throw new Error('maxCrashes is a whole number of at least 2.');
  const life = randomUUID();
  let lock: LeaderLock | undefined;
  const claimed = new Set<string>();
  let claiming: Promise<void> = Promise.resolve();
  let isReleased = false;
  /** Partitions whose last process died, with how many events are still to be begun with care. */
  const suspects = new Map<string, number>();

  /** One after the other: two rounds may begin at once, and the life has one lock. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    claiming = claiming.catch(() => {}).then(work);
    return claiming;
  }

  async function claim(places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    if (isReleased) throw new Error('The relay has given its partitions back.');
    // By this lock others tell that this process lives; MySQL may have been restarted since it was taken.
    if (lock === undefined || !(await lock.isHeld())) {
      await lock?.release();
      lock = await acquireLeaderLock(knex, lifeLockName(life), 1_000);
    }
    for (const place of await claimPartitions(knex, key, { life, relay }, places, new Date())) {
      suspects.set(nameOf(place), IN_HAND);
      onTrouble?.(
        'a relay died with events in hand; going on with care',
        `${place.topic}:${place.partition}`,
      );
    }
    for (const place of places) claimed.add(nameOf(place));
  }

  async function applyWithCare(batch: Batch): Promise<BatchResult> {
    const left = suspects.get(nameOf(batch)) ?? 0;
    const doubtful = batch.events.slice(0, left);
    const eventIds = doubtful.map(({ eventId }) => eventId);
    let result = NOTHING;
    for (const group of cautiousGroups(doubtful, await readAttempts(knex, key, eventIds))) {
      const ids = group.events.map(({ eventId }) => eventId);
      await startEvents(knex, key, life, ids);
      const using = group.crashes < maxCrashes ? handlers : refusing(crashing(group.crashes));
      result = sum(result, await apply(using, [partOf(batch, group.events)]));
      await finishEvents(knex, key, ids);
    }
    result = sum(result, await apply(handlers, [{ ...batch, events: batch.events.slice(left) }]));
    if (left > doubtful.length) suspects.set(nameOf(batch), left - doubtful.length);
    else suspects.delete(nameOf(batch));
    return result;
  }

  return {
    take: (places) => inTurn(() => claim(places)),
    async apply(batches) {
      // A source that does not tell what it has taken shows it by what it delivers.
      await inTurn(() => claim(batches.filter((batch) => !claimed.has(nameOf(batch)))));
      const clear = batches.filter((batch) => !suspects.has(nameOf(batch)));
      let result = clear.length === 0 ? NOTHING : await apply(handlers, clear);
      for (const batch of batches)
        if (!clear.includes(batch)) result = sum(result, await applyWithCare(batch));
      return result;
    },
    async release() {
      await inTurn(async () => {
        isReleased = true;
      });
      if (claimed.size > 0) await releasePartitions(knex, key, life);
      await lock?.release();
    },
  };
}

/** Some events of a batch. The offset stays where it is: the inbox alone decides what was applied. */
function partOf(batch: Batch, events: readonly DeliveredEvent[]): Batch {
  const part = { ...batch, events, nextOffset: batch.fromOffset };
  if (batch.leader === undefined) return part;
  return { ...part, leader: { epoch: batch.leader.epoch, gapsNoticed: [], gapsClosed: [] } };
}

function crashing(attempts: number): LedgerError {
  return new LedgerError(
    'event_crashes',
    `The process died ${attempts} times with this event in hand, so it is not tried again by itself.`,
    { attempts },
  );
}

function sum(a: BatchResult, b: BatchResult): BatchResult {
  return {
    applied: a.applied + b.applied,
    duplicates: a.duplicates + b.duplicates,
    parked: a.parked + b.parked,
  };
}

function nameOf({ topic, partition }: Place): string {
  return `${topic} ${partition}`;
}
