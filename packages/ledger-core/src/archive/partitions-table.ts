import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { LedgerError } from '../errors.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import { COLUMNS } from '../outbox/outbox-table.ts';
import type { ReplayRange } from '../replay/run.ts';
import type { ArchivedRow } from './archive-line.ts';

/** A partition of the outbox with an end; `toSeq` is the last seq that belongs there. */
export interface Partition extends ReplayRange {
  readonly name: string;
}

/** Where every seq goes for which no partition was made. */
export const TAIL = 'tail';

/** The partitions that have an end, lowest first. */
export async function readPartitions(db: Knex): Promise<Partition[]> {
  const rows = await selectRows<{ name: string; bound: string }>(
    db,
    `SELECT PARTITION_NAME AS name, PARTITION_DESCRIPTION AS bound FROM information_schema.PARTITIONS
      WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'outbox' AND PARTITION_DESCRIPTION <> 'MAXVALUE'
      ORDER BY PARTITION_ORDINAL_POSITION`,
  );
  const [first] = rows;
  let fromSeq = first === undefined ? 1n : (await lastTrimmedBelow(db, BigInt(first.bound))) + 1n;
  return rows.map(({ name, bound }) => {
    const partition = { name, fromSeq, toSeq: BigInt(bound) - 1n };
    fromSeq = BigInt(bound);
    return partition;
  });
}

/** The first partition takes any seq below its end; those below it were in partitions that are gone. */
async function lastTrimmedBelow(db: Knex, bound: bigint): Promise<bigint> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    'SELECT CAST(MAX(to_seq) AS CHAR) AS seq FROM outbox_archives WHERE trimmed_at IS NOT NULL AND to_seq < ?',
    [(bound - 1n).toString()],
  );
  return BigInt(row?.seq ?? 0);
}

/** How many rows a partition has, and when the youngest was written. */
export async function countRows(
  db: Knex,
  { fromSeq, toSeq }: ReplayRange,
): Promise<{ rows: number; newestAt: Date | null }> {
  const [row] = await selectRows<{ counted: number | string; newest: string | null }>(
    db,
    'SELECT COUNT(*) AS counted, CAST(MAX(created_at) AS CHAR) AS newest FROM outbox WHERE seq BETWEEN ? AND ?',
    [fromSeq.toString(), toSeq.toString()],
  );
  const newest = row?.newest ?? null;
  return { rows: Number(row?.counted ?? 0), newestAt: newest === null ? null : fromSqlInstant(newest) };
}

export function readRows(db: Knex, { fromSeq, toSeq }: ReplayRange, limit: number): Promise<ArchivedRow[]> {
  return selectRows<ArchivedRow>(
    db,
    `SELECT ${COLUMNS}, CAST(created_at AS CHAR) AS created_at FROM outbox
      WHERE seq BETWEEN ? AND ? ORDER BY outbox.seq LIMIT ?`,
    [fromSeq.toString(), toSeq.toString(), limit],
  );
}

/** When the first event at or after a seq was written; undefined where there is none. */
export async function writtenFrom(db: Knex, seq: bigint): Promise<Date | undefined> {
  const [row] = await selectRows<{ created_at: string }>(
    db,
    'SELECT CAST(created_at AS CHAR) AS created_at FROM outbox WHERE seq >= ? ORDER BY outbox.seq LIMIT 1',
    [seq.toString()],
  );
  return row && fromSqlInstant(row.created_at);
}

/** Takes seqs below `bound` out of the tail. At once where the tail has no rows; what it has is copied, and writers wait meanwhile. */
export async function splitTail(db: Knex, bound: bigint): Promise<void> {
  const name = `before_${bound}`;
  await alter(
    db,
    `ALTER TABLE outbox REORGANIZE PARTITION ${TAIL} INTO
       (PARTITION ${name} VALUES LESS THAN (${bound}), PARTITION ${TAIL} VALUES LESS THAN MAXVALUE)`,
  );
}

export async function dropPartition(db: Knex, { name }: Partition): Promise<void> {
  if (!/^before_\d+$/.test(name)) throw new Error(`Partition ${name} is none of ours.`);
  await alter(db, `ALTER TABLE outbox DROP PARTITION ${name}`);
}

/** Whoever writes to the outbox waits behind a change of the table that waits for an open transaction; so it gives up after a second. */
async function alter(db: Knex, sql: string): Promise<void> {
  const connection = await db.client.acquireConnection();
  try {
    await db.raw('SET SESSION lock_wait_timeout = 1').connection(connection);
    await db.raw(sql).connection(connection);
  } catch (error) {
    if (!isMysqlError(error, 'lockWaitTimeout')) throw error;
    throw new LedgerError(
      'outbox_busy',
      'A transaction, or a long read such as verify, holds the outbox; its partitions can be changed once that has ended.',
      {},
      { cause: error },
    );
  } finally {
    await db
      .raw('SET SESSION lock_wait_timeout = DEFAULT')
      .connection(connection)
      .catch(() => {});
    await db.client.releaseConnection(connection);
  }
}

/** Whoever has read the outbox, in whichever ledger. */
export interface KnownConsumer extends ConsumerKey {
  readonly ledger: string;
}

export async function readConsumers(db: Knex): Promise<KnownConsumer[]> {
  const rows = await selectRows<{ ledger_id: number; ledger: string; consumer: string }>(
    db,
    `SELECT DISTINCT c.ledger_id, l.name AS ledger, c.consumer
       FROM consumer_offsets AS c JOIN ledgers AS l ON l.ledger_id = c.ledger_id
      ORDER BY c.ledger_id, c.consumer`,
  );
  return rows.map(({ ledger_id: ledgerId, ledger, consumer }) => ({ ledgerId, ledger, consumer }));
}

/** The lowest seq of a range that a consumer has neither applied nor parked. */
export async function firstUnsettled(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  { fromSeq, toSeq }: ReplayRange,
): Promise<bigint | undefined> {
  const [row] = await selectRows<{ seq: string }>(
    db,
    `SELECT CAST(o.seq AS CHAR) AS seq
       FROM outbox AS o
       LEFT JOIN inbox AS i ON i.ledger_id = ? AND i.consumer = ? AND i.event_id = o.event_id
       LEFT JOIN dead_letters AS d ON d.ledger_id = ? AND d.consumer = ? AND d.event_id = o.event_id
      WHERE o.seq BETWEEN ? AND ? AND i.event_id IS NULL AND d.event_id IS NULL
      ORDER BY o.seq LIMIT 1`,
    [ledgerId, consumer, ledgerId, consumer, fromSeq.toString(), toSeq.toString()],
  );
  return row && BigInt(row.seq);
}

/** The lowest seq that an embedded source still waits for; undefined where it waits for none. */
export async function lowestGap(db: Knex): Promise<bigint | undefined> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    'SELECT CAST(MIN(seq) AS CHAR) AS seq FROM outbox_gaps',
  );
  return row?.seq === null || row === undefined ? undefined : BigInt(row.seq);
}

/** A lock is the whole server's, so its name says which database it is for. */
export async function careLockName(db: Knex): Promise<string> {
  const [row] = await selectRows<{ name: string | null }>(db, 'SELECT DATABASE() AS name');
  return `jangbu:outbox:${createHash('sha1')
    .update(row?.name ?? '')
    .digest('hex')}`;
}
