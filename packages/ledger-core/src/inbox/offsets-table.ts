import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';

/** A consumer of the outbox, in one ledger. */
export interface ConsumerKey {
  readonly ledgerId: number;
  readonly consumer: string;
}

/** One partition of one topic; the embedded source has the topic `outbox`, whose offsets are outbox seqs. */
export interface PartitionKey extends ConsumerKey, Place {}

/** How far a consumer has come in one partition, and the epoch of its leader. */
export interface StoredOffset {
  readonly nextOffset: bigint;
  readonly epoch: bigint;
}

/** What a transaction took of a partition, for whoever watches the relay. */
export interface Taken {
  /** Events of the whole transaction, other partitions' included; 0 leaves what was noted of the one before. */
  readonly batchEvents: number;
  /** Events of this partition that had been applied before. */
  readonly duplicates: number;
}

/** Where a partition is to be read on. */
export interface NewOffset {
  readonly place: Place;
  readonly offset: StoredOffset;
  /** Default: nothing was taken. */
  readonly taken?: Taken;
}

interface OffsetRow {
  source_partition: number;
  next_offset: string;
  epoch: string;
}

const COLUMNS = 'source_partition, CAST(next_offset AS CHAR) AS next_offset, CAST(epoch AS CHAR) AS epoch';

/** A partition of a topic, whoever reads it. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/**
 * Locks the partitions' rows, in key order, and makes those that are missing first: whoever holds them is alone in applying the
 * partitions. The offsets come in the order of the places.
 */
export async function lockOffsets(
  trx: Knex,
  key: ConsumerKey,
  places: readonly Place[],
  now: Date,
): Promise<StoredOffset[]> {
  const found = await selectForUpdate(trx, key, places);
  const missing = places.filter((place) => !found.has(nameOf(place)));
  if (missing.length > 0) {
    await upsertOffsets(
      trx,
      key,
      missing.map((place) => ({ place, offset: { nextOffset: 0n, epoch: 0n } })),
      now,
      'epoch = consumer_offsets.epoch',
    );
    for (const [name, offset] of await selectForUpdate(trx, key, missing)) found.set(name, offset);
  }
  return places.map((place) => {
    const offset = found.get(nameOf(place));
    if (offset === undefined) throw new Error('An offset row vanished while it was locked.');
    return offset;
  });
}

export function writeOffsets(
  trx: Knex,
  key: ConsumerKey,
  offsets: readonly NewOffset[],
  now: Date,
): Promise<void> {
  return upsertOffsets(
    trx,
    key,
    offsets,
    now,
    `next_offset = fresh.next_offset, epoch = fresh.epoch, updated_at = fresh.updated_at,
     batch_events = IF(fresh.batch_events = 0, consumer_offsets.batch_events, fresh.batch_events),
     duplicates = consumer_offsets.duplicates + fresh.duplicates`,
  );
}

async function selectForUpdate(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  places: readonly Place[],
): Promise<Map<string, StoredOffset>> {
  const rows = await selectRows<OffsetRow & { topic: string }>(
    trx,
    `SELECT topic, ${COLUMNS} FROM consumer_offsets
      WHERE ledger_id = ? AND consumer = ? AND (topic, source_partition) IN (?)
      ORDER BY topic, source_partition
        FOR UPDATE`,
    [ledgerId, consumer, places.map(({ topic, partition }) => [topic, partition])],
  );
  return new Map(
    rows.map((row) => [nameOf({ topic: row.topic, partition: row.source_partition }), toOffset(row)]),
  );
}

async function upsertOffsets(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  offsets: readonly NewOffset[],
  now: Date,
  onDuplicate: string,
): Promise<void> {
  await insertRows(
    trx,
    'consumer_offsets',
    [
      'ledger_id',
      'consumer',
      'topic',
      'source_partition',
      'next_offset',
      'epoch',
      'updated_at',
      'batch_events',
      'duplicates',
    ],
    offsets.map(({ place, offset, taken }) => [
      ledgerId,
      consumer,
      place.topic,
      place.partition,
      offset.nextOffset.toString(),
      offset.epoch.toString(),
      toSqlInstant(now),
      taken?.batchEvents ?? 0,
      taken?.duplicates ?? 0,
    ]),
    `AS fresh ON DUPLICATE KEY UPDATE ${onDuplicate}`,
  );
}

function nameOf({ topic, partition }: Place): string {
  return `${topic} ${partition}`;
}

/** Where each partition of a topic is to be read on, by partition. */
export async function readOffsets(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  topic: string,
): Promise<Map<number, StoredOffset>> {
  const rows = await selectRows<OffsetRow>(
    db,
    `SELECT ${COLUMNS} FROM consumer_offsets WHERE ledger_id = ? AND consumer = ? AND topic = ?`,
    [ledgerId, consumer, topic],
  );
  return new Map(rows.map((row) => [row.source_partition, toOffset(row)]));
}

function toOffset(row: OffsetRow): StoredOffset {
  return { nextOffset: BigInt(row.next_offset), epoch: BigInt(row.epoch) };
}
