import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import type { DeliveredEvent, NewEvent } from './event.ts';

export interface OutboxRow {
  seq: string | number;
  event_id: string;
  aggregate_type: string;
  aggregate_id: string;
  event_type: string;
  event_version: number;
  payload: string;
  headers: string | null;
}

// Sorting names the table's column: a bare seq would be the text that is selected here.
export const COLUMNS =
  'CAST(seq AS CHAR) AS seq, event_id, aggregate_type, aggregate_id, event_type, event_version, payload, headers';

export async function insertEvents(
  trx: Knex,
  events: readonly (Omit<NewEvent, 'payload'> & { eventId: string; payload: string })[],
  createdAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'outbox',
    [
      'event_id',
      'aggregate_type',
      'aggregate_id',
      'event_type',
      'event_version',
      'payload',
      'headers',
      'created_at',
    ],
    events.map((event) => [
      event.eventId,
      event.aggregateType,
      event.aggregateId,
      event.eventType,
      event.eventVersion,
      event.payload,
      event.headers === undefined ? null : JSON.stringify(event.headers),
      toSqlInstant(createdAt),
    ]),
  );
}

/** Events from a seq on, lowest first. Rows that commit late can appear below those already read. */
export async function readEvents(db: Knex, fromSeq: bigint, limit: number): Promise<DeliveredEvent[]> {
  const rows = await selectRows<OutboxRow>(
    db,
    `SELECT ${COLUMNS} FROM outbox WHERE seq >= ? ORDER BY outbox.seq LIMIT ?`,
    [fromSeq.toString(), limit],
  );
  return rows.map(toEvent);
}

/** Those of the given seqs that are there now, lowest first. */
export async function readEventsAt(db: Knex, seqs: readonly bigint[]): Promise<DeliveredEvent[]> {
  if (seqs.length === 0) return [];
  const rows = await selectRows<OutboxRow>(
    db,
    `SELECT ${COLUMNS} FROM outbox WHERE seq IN (?) ORDER BY outbox.seq`,
    [seqs.map(String)],
  );
  return rows.map(toEvent);
}

/** Whether an open transaction holds a row at this seq: it is written, and neither committed nor rolled back. */
export async function isHeldOpen(trx: Knex, seq: bigint): Promise<boolean> {
  try {
    await selectRows(trx, 'SELECT seq FROM outbox WHERE seq = ? FOR SHARE NOWAIT', [seq.toString()]);
    return false;
  } catch (error) {
    if (isMysqlError(error, 'lockNowait')) return true;
    throw error;
  }
}

/** The highest seq in the outbox, 0 where there is none. A lower one may still be on its way to commit. */
export async function lastSeq(db: Knex): Promise<bigint> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    'SELECT CAST(MAX(seq) AS CHAR) AS seq FROM outbox',
  );
  return BigInt(row?.seq ?? 0);
}

export function toEvent(row: OutboxRow): DeliveredEvent {
  return {
    seq: BigInt(row.seq),
    eventId: row.event_id,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    eventType: row.event_type,
    eventVersion: row.event_version,
    payload: row.payload,
    headers: row.headers === null ? {} : JSON.parse(row.headers),
    offset: BigInt(row.seq),
  };
}
