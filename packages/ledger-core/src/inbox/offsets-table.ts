import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';

/** A consumer of the outbox, in one ledger. */
export interface ConsumerKey {
  readonly ledgerId: number;
  readonly consumer: string;
}

/** One partition of one topic; the embedded source is partition 0 of the topic `outbox`. */
export interface PartitionKey extends ConsumerKey {
  readonly topic: string;
  readonly partition: number;
}

export interface StoredOffset {
  readonly nextOffset: bigint;
  readonly epoch: bigint;
}

interface OffsetRow {
  source_partition: number;
  next_offset: string;
  epoch: string;
}

const COLUMNS = 'source_partition, CAST(next_offset AS CHAR) AS next_offset, CAST(epoch AS CHAR) AS epoch';
const WHERE = 'ledger_id = ? AND consumer = ? AND topic = ? AND source_partition = ?';

/** Locks the partition's row, which is made first where there is none: whoever holds it is alone in applying the partition. */
export async function lockOffset(trx: Knex, key: PartitionKey, now: Date): Promise<StoredOffset> {
  const place = [key.ledgerId, key.consumer, key.topic, key.partition];
  const select = `SELECT ${COLUMNS} FROM consumer_offsets WHERE ${WHERE} FOR UPDATE`;
  const [row] = await selectRows<OffsetRow>(trx, select, place);
  if (row !== undefined) return toOffset(row);
  await insertRows(
    trx,
    'consumer_offsets',
    ['ledger_id', 'consumer', 'topic', 'source_partition', 'next_offset', 'epoch', 'updated_at'],
    [[...place, 0, 0, toSqlInstant(now)]],
    'ON DUPLICATE KEY UPDATE epoch = consumer_offsets.epoch',
  );
  const [made] = await selectRows<OffsetRow>(trx, select, place);
  if (made === undefined) throw new Error('An offset row vanished while it was locked.');
  return toOffset(made);
}

export async function writeOffset(
  trx: Knex,
  key: PartitionKey,
  offset: StoredOffset,
  now: Date,
): Promise<void> {
  await trx.raw(`UPDATE consumer_offsets SET next_offset = ?, epoch = ?, updated_at = ? WHERE ${WHERE}`, [
    offset.nextOffset.toString(),
    offset.epoch.toString(),
    toSqlInstant(now),
    key.ledgerId,
    key.consumer,
    key.topic,
    key.partition,
  ]);
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
