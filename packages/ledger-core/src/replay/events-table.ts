import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import { COLUMNS, type OutboxRow, toEvent } from '../outbox/outbox-table.ts';
import type { ReplayedEvent, ReplayRange } from './run.ts';

/** Clocks of writers differ, and a long transaction's rows appear late: by so much a row's time may be off its seq's order. */
const CLOCK_MARGIN_MS = 600_000;

/** Events of the range, lowest first; with an aggregate, only its own. */
export async function readRange(
  db: Knex,
  { fromSeq, toSeq }: ReplayRange,
  aggregateId: string | null,
  limit: number,
): Promise<ReplayedEvent[]> {
  const rows = await selectRows<OutboxRow & { created_at: string }>(
    db,
    `SELECT ${COLUMNS}, CAST(created_at AS CHAR) AS created_at FROM outbox
      WHERE seq BETWEEN ? AND ? ${aggregateId === null ? '' : 'AND aggregate_id = ?'}
      ORDER BY outbox.seq LIMIT ?`,
    [fromSeq.toString(), toSeq.toString(), ...(aggregateId === null ? [] : [aggregateId]), limit],
  );
  return rows.map((row) => ({ ...toEvent(row), writtenAt: fromSqlInstant(row.created_at) }));
}

/** The next rows of the range, counted: how many there are, how many of them are the aggregate's, and where they end. */
export async function countNext(
  db: Knex,
  { fromSeq, toSeq }: ReplayRange,
  aggregateId: string | null,
  limit: number,
): Promise<{ rows: number; matching: number; lastSeq: bigint | undefined }> {
  const [row] = await selectRows<{ c: number | string; m: number | string | null; last: string | null }>(
    db,
    `SELECT COUNT(*) AS c, SUM(o.matches) AS m, CAST(MAX(o.seq) AS CHAR) AS last
       FROM (SELECT seq, ${aggregateId === null ? '1' : 'aggregate_id = ?'} AS matches FROM outbox
              WHERE seq BETWEEN ? AND ? ORDER BY outbox.seq LIMIT ?) AS o`,
    [...(aggregateId === null ? [] : [aggregateId]), fromSeq.toString(), toSeq.toString(), limit],
  );
  return {
    rows: Number(row?.c ?? 0),
    matching: Number(row?.m ?? 0),
    lastSeq: row?.last === null || row === undefined ? undefined : BigInt(row.last),
  };
}

/** Whether an open transaction holds a row of the range: it is written, and neither committed nor rolled back. */
export async function isRangeHeldOpen(trx: Knex, { fromSeq, toSeq }: ReplayRange): Promise<boolean> {
  try {
    await selectRows(trx, 'SELECT COUNT(*) FROM outbox WHERE seq BETWEEN ? AND ? FOR SHARE NOWAIT', [
      fromSeq.toString(),
      toSeq.toString(),
    ]);
    return false;
  } catch (error) {
    if (isMysqlError(error, 'lockNowait')) return true;
    throw error;
  }
}

/** The lowest seq that was written at this instant or later; undefined when none was. */
export async function firstSeqSince(db: Knex, instant: Date): Promise<bigint | undefined> {
  const start = await seqAround(db, new Date(instant.getTime() - CLOCK_MARGIN_MS));
  const [row] = await selectRows<{ seq: string }>(
    db,
    'SELECT CAST(seq AS CHAR) AS seq FROM outbox WHERE seq >= ? AND created_at >= ? ORDER BY outbox.seq LIMIT 1',
    [start.toString(), toSqlInstant(instant)],
  );
  return row && BigInt(row.seq);
}

/** The highest seq that was written at this instant or earlier; undefined when none was. */
export async function lastSeqUpTo(db: Knex, instant: Date): Promise<bigint | undefined> {
  const end = await seqAround(db, new Date(instant.getTime() + CLOCK_MARGIN_MS));
  const [row] = await selectRows<{ seq: string }>(
    db,
    'SELECT CAST(seq AS CHAR) AS seq FROM outbox WHERE seq <= ? AND created_at <= ? ORDER BY outbox.seq DESC LIMIT 1',
    [end.toString(), toSqlInstant(instant)],
  );
  return row && BigInt(row.seq);
}

/** Halves the seqs until it stands where rows of this time are: the times have no index, and go up with the seqs, roughly. */
async function seqAround(db: Knex, instant: Date): Promise<bigint> {
  const [ends] = await selectRows<{ low: string | null; high: string | null }>(
    db,
    'SELECT CAST(MIN(seq) AS CHAR) AS low, CAST(MAX(seq) AS CHAR) AS high FROM outbox',
  );
  let low = BigInt(ends?.low ?? 0);
  let high = BigInt(ends?.high ?? 0);
  while (low < high) {
    const middle = (low + high) / 2n;
    const [row] = await selectRows<{ seq: string; is_before: number }>(
      db,
      'SELECT CAST(seq AS CHAR) AS seq, created_at < ? AS is_before FROM outbox WHERE seq >= ? ORDER BY outbox.seq LIMIT 1',
      [toSqlInstant(instant), middle.toString()],
    );
    if (row === undefined || BigInt(row.seq) > high) high = middle;
    else if (Number(row.is_before) === 1) low = BigInt(row.seq) + 1n;
    else high = middle;
  }
  return low;
}

/**
 * The lowest seq that this consumer got from there or later; undefined when it got none. Looks through the consumer's inbox,
 * for which it takes about a second a million.
 */
export async function firstSeqFrom(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  place: { topic: string; partition: number; offset: bigint },
): Promise<bigint | undefined> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    `SELECT CAST(MIN(outbox_seq) AS CHAR) AS seq FROM inbox
      WHERE ledger_id = ? AND consumer = ? AND topic = ? AND source_partition = ? AND source_offset >= ?`,
    [ledgerId, consumer, place.topic, place.partition, place.offset.toString()],
  );
  return row?.seq === null || row === undefined ? undefined : BigInt(row.seq);
}

/** When entries happened, by their keys, as a ledger has them. */
export async function readEffectiveTimes(
  db: Knex,
  ledgerId: number,
  keys: readonly string[],
): Promise<Map<string, Date>> {
  if (keys.length === 0) return new Map();
  const rows = await selectRows<{ idempotency_key: string; effective_at: string }>(
    db,
    `SELECT idempotency_key, CAST(effective_at AS CHAR) AS effective_at FROM journal_entries
      WHERE ledger_id = ? AND idempotency_key IN (?)`,
    [ledgerId, keys],
  );
  return new Map(rows.map((row) => [row.idempotency_key, fromSqlInstant(row.effective_at)]));
}

export async function hasEntries(db: Knex, ledgerId: number): Promise<boolean> {
  const rows = await selectRows(db, 'SELECT 1 FROM journal_entries WHERE ledger_id = ? LIMIT 1', [ledgerId]);
  return rows.length > 0;
}
