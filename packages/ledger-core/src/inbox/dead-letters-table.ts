import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
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

/** Unresolved dead letters of the events' aggregates, and the events that were ever parked: a discarded one stays discarded. */
export async function findParked(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  events: readonly DeliveredEvent[],
): Promise<Parked> {
  if (events.length === 0) return { eventIds: new Set(), aggregates: new Set() };
  const aggregates = new Map(
    events.map((event) => [aggregateKey(event), [event.aggregateType, event.aggregateId]]),
  );
  const rows = await selectRows<{
    event_id: string;
    aggregate_type: string;
    aggregate_id: string;
    is_open: number | string;
  }>(
    trx,
    `SELECT event_id, aggregate_type, aggregate_id, resolved_at IS NULL AS is_open FROM dead_letters
      WHERE ledger_id = ? AND consumer = ? AND (aggregate_type, aggregate_id) IN (?)`,
    [ledgerId, consumer, [...aggregates.values()]],
  );
  return {
    eventIds: new Set(rows.map((row) => row.event_id)),
    aggregates: new Set(
      rows
        .filter((row) => Number(row.is_open) === 1)
        .map((row) => aggregateKey({ aggregateType: row.aggregate_type, aggregateId: row.aggregate_id })),
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
      'attempts',
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
      attemptsOf(error),
      toSqlInstant(parkedAt),
    ]),
  );
}

/** How often the event was tried before it was parked: once, unless its reason says otherwise. */
function attemptsOf({ details: { attempts } }: LedgerError): number {
  return typeof attempts === 'number' ? attempts : 1;
}

/** A dead letter as it is stored. */
export interface StoredLetter {
  readonly event: DeliveredEvent;
  readonly reasonCode: string;
  readonly reason: string;
  /** How often it was tried. */
  readonly attempts: number;
  readonly parkedAt: Date;
  /** Null while it waits. */
  readonly resolution: LetterResolution | null;
}

/** How a dead letter came to its end, by whom, why and when. */
export interface LetterResolution {
  readonly how: 'applied' | 'discarded';
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

interface LetterRow {
  event_id: string;
  seq: string;
  aggregate_type: string;
  aggregate_id: string;
  event_type: string;
  event_version: number;
  payload: string;
  headers: string | null;
  reason_code: string;
  reason: string;
  attempts: number;
  parked_at: string;
  resolved_at: string | null;
  resolution: 'applied' | 'discarded' | null;
  resolved_by: string | null;
  resolution_reason: string | null;
}

const SELECT_LETTERS = `SELECT event_id, CAST(outbox_seq AS CHAR) AS seq, aggregate_type, aggregate_id, event_type, event_version,
       payload, headers, reason_code, reason, attempts, CAST(parked_at AS CHAR) AS parked_at,
       CAST(resolved_at AS CHAR) AS resolved_at, resolution, resolved_by, resolution_reason
  FROM dead_letters
 WHERE ledger_id = ? AND consumer = ?`;

export async function readLetters(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  { limit, resolvedToo = false }: { limit: number; resolvedToo?: boolean },
): Promise<StoredLetter[]> {
  const open = resolvedToo ? '' : 'AND resolved_at IS NULL';
  const rows = await selectRows<LetterRow>(
    db,
    `${SELECT_LETTERS} AND outbox_seq >= 0 ${open} ORDER BY outbox_seq LIMIT ?`,
    [ledgerId, consumer, limit],
  );
  return rows.map(toLetter);
}

/** What has not gone to the dead-letter topic yet, whatever became of it since. */
export async function readUnpublishedLetters(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  limit: number,
): Promise<StoredLetter[]> {
  const rows = await selectRows<LetterRow>(
    db,
    `${SELECT_LETTERS} AND published_at IS NULL ORDER BY outbox_seq LIMIT ?`,
    [ledgerId, consumer, limit],
  );
  return rows.map(toLetter);
}

/** Notes that Kafka has these dead letters. */
export async function markLettersPublished(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
  publishedAt: Date,
): Promise<void> {
  await db.raw(
    'UPDATE dead_letters SET published_at = ? WHERE ledger_id = ? AND consumer = ? AND event_id IN (?)',
    [toSqlInstant(publishedAt), ledgerId, consumer, eventIds] as never,
  );
}

export async function findLetter(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventId: string,
): Promise<StoredLetter | undefined> {
  const rows = await selectRows<LetterRow>(db, `${SELECT_LETTERS} AND event_id = ?`, [
    ledgerId,
    consumer,
    eventId,
  ]);
  return rows.map(toLetter)[0];
}

/** Those of the events that somebody has discarded. */
export async function findDiscarded(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
): Promise<StoredLetter[]> {
  if (eventIds.length === 0) return [];
  const rows = await selectRows<LetterRow>(
    db,
    `${SELECT_LETTERS} AND event_id IN (?) AND resolution = 'discarded' ORDER BY outbox_seq`,
    [ledgerId, consumer, eventIds],
  );
  return rows.map(toLetter);
}

/** Locks what waits of an aggregate, in the order in which it was written. */
export async function lockLettersOf(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  { aggregateType, aggregateId }: Pick<DeliveredEvent, 'aggregateType' | 'aggregateId'>,
): Promise<StoredLetter[]> {
  const rows = await selectRows<LetterRow>(
    trx,
    `${SELECT_LETTERS} AND aggregate_type = ? AND aggregate_id = ? AND resolved_at IS NULL ORDER BY outbox_seq FOR UPDATE`,
    [ledgerId, consumer, aggregateType, aggregateId],
  );
  return rows.map(toLetter);
}

export async function resolveLetters(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  eventIds: readonly string[],
  { how, by, reason, at }: LetterResolution,
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx.raw(
    `UPDATE dead_letters
        SET resolution = ?, resolved_by = ?, resolution_reason = ?, resolved_at = ?, attempts = attempts + ?
      WHERE ledger_id = ? AND consumer = ? AND event_id IN (?)`,
    [how, by, reason, toSqlInstant(at), how === 'applied' ? 1 : 0, ledgerId, consumer, eventIds] as never,
  );
}

/** One more attempt that failed, and why it did this time. */
export async function recordFailure(
  trx: Knex,
  { ledgerId, consumer }: ConsumerKey,
  { event, error }: DeadLetter,
): Promise<void> {
  await trx.raw(
    `UPDATE dead_letters SET reason_code = ?, reason = ?, attempts = attempts + 1
      WHERE ledger_id = ? AND consumer = ? AND event_id = ?`,
    [error.code, error.message.slice(0, 2000), ledgerId, consumer, event.eventId],
  );
}

function toLetter(row: LetterRow): StoredLetter {
  const seq = BigInt(row.seq);
  return {
    event: {
      seq,
      eventId: row.event_id,
      aggregateType: row.aggregate_type,
      aggregateId: row.aggregate_id,
      eventType: row.event_type,
      eventVersion: row.event_version,
      payload: row.payload,
      headers: row.headers === null ? {} : JSON.parse(row.headers),
      offset: seq,
    },
    reasonCode: row.reason_code,
    reason: row.reason,
    attempts: row.attempts,
    parkedAt: fromSqlInstant(row.parked_at),
    resolution:
      row.resolved_at === null || row.resolution === null
        ? null
        : {
            how: row.resolution,
            by: row.resolved_by ?? '',
            reason: row.resolution_reason ?? '',
            at: fromSqlInstant(row.resolved_at),
          },
  };
}
