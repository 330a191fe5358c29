import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';

/** Where somebody stands who reads the outbox by its position. */
export interface ReaderPosition {
  /** Everything below is read. */
  readonly nextSeq: bigint;
  /** Since when the event there is missing; null where none is known to be. */
  readonly gapSince: Date | null;
}

/** A reader of the outbox, as everybody sees it. */
export interface OutboxReader {
  readonly reader: string;
  readonly nextSeq: bigint;
  readonly movedAt: Date;
}

/**
 * Where the reader stands, locked; undefined where another process is at it. One that is new begins at `beginAt`. From then on no partition of the
 * outbox is dropped that it has not read.
 */
export async function lockReader(
  trx: Knex.Transaction,
  reader: string,
  beginAt: bigint,
  now: Date,
): Promise<ReaderPosition | undefined> {
  try {
    const known = await selectLocked(trx, reader);
    if (known !== undefined) return known;
    await insertRows(
      trx,
      'outbox_readers',
      ['reader', 'next_seq', 'moved_at'],
      [[reader, beginAt, toSqlInstant(now)]],
      'ON DUPLICATE KEY UPDATE reader = outbox_readers.reader',
    );
    return await selectLocked(trx, reader);
  } catch (error) {
    if (isMysqlError(error, 'lockNowait')) return undefined;
    throw error;
  }
}

async function selectLocked(trx: Knex.Transaction, reader: string): Promise<ReaderPosition | undefined> {
  const [row] = await selectRows<{ next_seq: string; gap_since: string | null }>(
    trx,
    `SELECT CAST(next_seq AS CHAR) AS next_seq, CAST(gap_since AS CHAR) AS gap_since
       FROM outbox_readers WHERE reader = ? FOR UPDATE NOWAIT`,
    [reader],
  );
  return (
    row && {
      nextSeq: BigInt(row.next_seq),
      gapSince: row.gap_since === null ? null : fromSqlInstant(row.gap_since),
    }
  );
}

/** In the transaction in which it was locked, and in which what was read is put to use. */
export async function moveReader(
  trx: Knex.Transaction,
  reader: string,
  { nextSeq, gapSince }: ReaderPosition,
  now: Date,
): Promise<void> {
  await trx.raw('UPDATE outbox_readers SET next_seq = ?, gap_since = ?, moved_at = ? WHERE reader = ?', [
    nextSeq.toString(),
    gapSince === null ? null : toSqlInstant(gapSince),
    toSqlInstant(now),
    reader,
  ] as never);
}

/** Every reader there is, the one that is furthest behind first. */
export async function readReaders(db: Knex): Promise<OutboxReader[]> {
  const rows = await selectRows<{ reader: string; next_seq: string; moved_at: string }>(
    db,
    `SELECT reader, CAST(next_seq AS CHAR) AS next_seq, CAST(moved_at AS CHAR) AS moved_at
       FROM outbox_readers ORDER BY outbox_readers.next_seq, reader`,
  );
  return rows.map((row) => ({
    reader: row.reader,
    nextSeq: BigInt(row.next_seq),
    movedAt: fromSqlInstant(row.moved_at),
  }));
}
