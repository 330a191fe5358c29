import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transaction.ts';
import { type ConsumerKey, lockOffsets, type Place } from './offsets-table.ts';

/** The named lock that a process holds for as long as it lives; MySQL frees it when the process dies. `life` is a UUID. */
export function lifeLockName(life: string): string {
  return `jangbu:life:${life}`;
}

/** The named lock that the leader of the embedded source holds, whose process MySQL must hear of. */
export function leadLockName({ ledgerId, consumer }: ConsumerKey): string {
  return `jangbu:${ledgerId}:${consumer}`;
}

/** A process that reads partitions: its life, and the name by which people know it. */
export interface RelayLife {
  readonly life: string;
  readonly relay: string;
}

/**
 * Writes down that this life has the partitions now.
 * @returns those whose life before ended without {@link releasePartitions} and is no more: it died with events in hand
 */
export function claimPartitions(
  knex: Knex,
  key: ConsumerKey,
  { life, relay }: RelayLife,
  places: readonly Place[],
  now: Date,
): Promise<Place[]> {
  return inTransaction(knex, async (trx) => {
    await lockOffsets(trx, key, places, now);
    const rows = await selectRows<{ topic: string; source_partition: number; is_dead: number | string }>(
      trx,
      `SELECT topic, source_partition, IS_FREE_LOCK(CONCAT(?, life)) AS is_dead FROM consumer_offsets
        WHERE ledger_id = ? AND consumer = ? AND (topic, source_partition) IN (?) AND life <> ?`,
      [lifeLockName(''), key.ledgerId, key.consumer, places.map(pairOf), life],
    );
    await trx.raw(
      // MySQL assigns from left to right: the life is still the one before where it is compared.
      `UPDATE consumer_offsets SET relay_since = IF(life <=> ?, relay_since, ?), life = ?, relay = ?
        WHERE ledger_id = ? AND consumer = ? AND (topic, source_partition) IN (?)`,
      [life, toSqlInstant(now), life, relay, key.ledgerId, key.consumer, places.map(pairOf)] as never,
    );
    return rows
      .filter((row) => Number(row.is_dead) === 1)
      .map((row) => ({ topic: row.topic, partition: row.source_partition }));
  });
}

/** Ends a life cleanly: whoever takes its partitions next has nothing to fear. */
export async function releasePartitions(
  knex: Knex,
  { ledgerId, consumer }: ConsumerKey,
  life: string,
): Promise<void> {
  await inTransaction(knex, async (trx) => {
    await trx.raw(
      `UPDATE consumer_offsets SET life = NULL, relay = NULL, relay_since = NULL
        WHERE ledger_id = ? AND consumer = ? AND life = ?`,
      [ledgerId, consumer, life],
    );
  });
}

/** In how many lives each of the events was begun and not finished; those in none are left out. */
export async function readAttempts(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
): Promise<Map<string, number>> {
  if (eventIds.length === 0) return new Map();
  const rows = await selectRows<{ event_id: string; attempts: number }>(
    db,
    'SELECT event_id, attempts FROM event_attempts WHERE ledger_id = ? AND consumer = ? AND event_id IN (?)',
    [ledgerId, consumer, eventIds],
  );
  return new Map(rows.map((row) => [row.event_id, row.attempts]));
}

/** Commits that this life begins the events. Beginning again in the same life, as after a lost connection, counts once. */
export async function startEvents(
  knex: Knex,
  { ledgerId, consumer }: ConsumerKey,
  life: string,
  eventIds: readonly string[],
): Promise<void> {
  await inTransaction(knex, (trx) =>
    insertRows(
      trx,
      'event_attempts',
      ['ledger_id', 'consumer', 'event_id', 'life', 'attempts'],
      eventIds.map((eventId) => [ledgerId, consumer, eventId, life, 1]),
      `AS fresh ON DUPLICATE KEY UPDATE
         attempts = event_attempts.attempts + IF(event_attempts.life = fresh.life, 0, 1), life = fresh.life`,
    ),
  );
}

/** Notes that this process outlived these events. */
export async function finishEvents(
  knex: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await inTransaction(knex, async (trx) => {
    await trx.raw('DELETE FROM event_attempts WHERE ledger_id = ? AND consumer = ? AND event_id IN (?)', [
      ledgerId,
      consumer,
      eventIds,
    ] as never);
  });
}

function pairOf({ topic, partition }: Place): [string, number] {
  return [topic, partition];
}
