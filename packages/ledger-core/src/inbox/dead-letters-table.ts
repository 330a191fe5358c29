import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import type { LedgerError } from '../errors.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { ConsumerKey } from './offsets-table.ts';

/** An event that could not be applied, and why. */
export interface DeadLetter {
  readonly event: DeliveredEvent;
  readonly error: LedgerError;
}

/** What waits in dead letters among a batch: the events themselves, and the keys that must wait behind one. */
export interface Parked {
  readonly eventIds: ReadonlySet<string>;
  readonly aggregates: Set<string>;
}

export function aggregateKey(event: { aggregateType: string; aggregateId: string }): string {
  return `${event.aggregateType} ${event.aggregateId}`;
}

/** Unresolved dead letters of the events' aggregates. */
export async function findParked(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  events: readonly DeliveredEvent[],
): Promise<Parked> {
  if (events.length === 0) return { eventIds: new Set(), aggregates: new Set() };
  const aggregates = new Map(
    events.map((event) => [aggregateKey(event), [event.aggregateType, event.aggregateId]]),
  );
  const rows = await selectRows<{ event_id: string; aggregate_type: string; aggregate_id: string }>(
    trx,
    `SELECT event_id, aggregate_type, aggregate_id FROM dead_letters
      WHERE ledger_id = ? AND consumer = ? AND (aggregate_type, aggregate_id) IN (?) AND resolved_at IS NULL`,
    [ledgerId, consumer, [...aggregates.values()]],
  );
  return {
    eventIds: new Set(rows.map((row) => row.event_id)),
    aggregates: new Set(
      rows.map((row) => aggregateKey({ aggregateType: row.aggregate_type, aggregateId: row.aggregate_id })),
    ),
  };
}

export async function insertDeadLetters(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  letters: readonly DeadLetter[],
  parkedAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'dead_letters',
    [
      'ledger_id',
      'consumer',
      'event_id',
      'outbox_seq',
      'aggregate_type',
      'aggregate_id',
      'event_type',
      'event_version',
      'payload',
      'headers',
      'reason_code',
      'reason',
      'parked_at',
    ],
    letters.map(({ event, error }) => [
      ledgerId,
      consumer,
      event.eventId,
      event.seq.toString(),
      event.aggregateType,
      event.aggregateId,
      event.eventType,
      event.eventVersion,
      event.payload,
      JSON.stringify(event.headers),
      error.code,
      error.message.slice(0, 2000),
      toSqlInstant(parkedAt),
    ]),
  );
}

export async function countDeadLetters(db: Knex, { ledgerId, consumer }: ConsumerKey): Promise<number> {
  const [row] = await selectRows<{ letters: number | string }>(
    db,
    'SELECT COUNT(*) AS letters FROM dead_letters WHERE ledger_id = ? AND consumer = ? AND resolved_at IS NULL',
    [ledgerId, consumer],
  );
  return Number(row?.letters ?? 0);
}
