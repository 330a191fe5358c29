import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import { type Attempt, DELIVERY_STATUSES, type Delivery, type DeliveryStatus } from './delivery.ts';

/** The largest BIGINT UNSIGNED. */
const BEYOND_ALL = 2n ** 64n - 1n;

export interface NewDelivery {
  readonly endpointId: string;
  readonly eventId: string;
  readonly outboxSeq: bigint;
  readonly aggregateId: string;
  readonly eventType: string;
  readonly body: string;
}

/** Returns how many are waiting by it. With `again`, what was delivered or given up before waits anew. */
export async function insertDeliveries(
  db: Knex,
  deliveries: readonly NewDelivery[],
  now: Date,
  { again }: { readonly again: boolean },
): Promise<void> {
  if (deliveries.length === 0) return;
  const at = toSqlInstant(now);
  const update = again
    ? `status = 'waiting', attempt_count = 0, due_at = VALUES(due_at), finished_at = NULL, reason = NULL`
    : 'delivery_id = webhook_deliveries.delivery_id';
  await execute(
    db,
    `INSERT INTO webhook_deliveries (endpoint_id, event_id, outbox_seq, aggregate_id, event_type, body, status, due_at, created_at)
     VALUES ? ON DUPLICATE KEY UPDATE ${update}`,
    [
      deliveries.map((one) => [
        one.endpointId,
        one.eventId,
        one.outboxSeq.toString(),
        one.aggregateId,
        one.eventType,
        one.body,
        'waiting',
        at,
        at,
      ]),
    ],
  );
}

/** Endpoints of which something is due. */
export async function readDueEndpoints(db: Knex, now: Date): Promise<string[]> {
  const rows = await selectRows<{ endpoint_id: string }>(
    db,
    `SELECT d.endpoint_id, MIN(d.due_at) AS first_due FROM webhook_deliveries AS d
      WHERE d.status = 'waiting' GROUP BY d.endpoint_id HAVING first_due <= ?`,
    [toSqlInstant(now)],
  );
  return rows.map((row) => row.endpoint_id);
}

/** A delivery that is being sent, until its lease ends. */
export interface LeasedDelivery extends Delivery {
  readonly body: string;
  readonly leasedUntil: Date;
}

/**
 * Takes what is due of an endpoint: nobody else sends it until the lease ends, whether or not whoever took it lives. An event waits for
 * the earlier ones of its aggregate, so that a receiver hears of a payment before its cancel.
 */
export async function leaseDeliveries(
  trx: Knex.Transaction,
  endpointId: string,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<LeasedDelivery[]> {
  const rows = await selectRows<DeliveryRow & { body: string }>(
    trx,
    `SELECT ${COLUMNS}, d.body FROM webhook_deliveries AS d
      WHERE d.status = 'waiting' AND d.endpoint_id = ? AND d.due_at <= ?
        AND NOT EXISTS (SELECT 1 FROM webhook_deliveries AS earlier
                         WHERE earlier.endpoint_id = d.endpoint_id AND earlier.aggregate_id = d.aggregate_id
                           AND earlier.outbox_seq < d.outbox_seq AND earlier.status = 'waiting')
      ORDER BY d.due_at, d.delivery_id LIMIT ? FOR UPDATE OF d SKIP LOCKED`,
    [endpointId, toSqlInstant(now), limit],
  );
  if (rows.length === 0) return [];
  await execute(trx, 'UPDATE webhook_deliveries SET due_at = ? WHERE delivery_id IN (?)', [
    toSqlInstant(until),
    rows.map((row) => row.delivery_id),
  ]);
  return rows.map((row) => ({ ...toDelivery(row), body: row.body, leasedUntil: until }));
}

/** Ends a lease. Returns false where it had ended before, and another has taken the delivery. */
export async function finishAttempt(
  db: Knex,
  { deliveryId, leasedUntil }: Pick<LeasedDelivery, 'deliveryId' | 'leasedUntil'>,
  became: {
    readonly status: DeliveryStatus;
    readonly dueAt: Date;
    readonly reason: string | null;
    readonly now: Date;
  },
): Promise<boolean> {
  const updated = await execute(
    db,
    `UPDATE webhook_deliveries SET status = ?, due_at = ?, reason = ?, attempt_count = attempt_count + 1,
            finished_at = IF(? = 'waiting', NULL, ?)
      WHERE delivery_id = ? AND due_at = ? AND status = 'waiting'`,
    [
      became.status,
      toSqlInstant(became.dueAt),
      became.reason,
      became.status,
      toSqlInstant(became.now),
      deliveryId.toString(),
      toSqlInstant(leasedUntil),
    ],
  );
  return updated === 1;
}

export async function insertAttempt(db: Knex, deliveryId: bigint, attempt: Attempt): Promise<void> {
  await execute(
    db,
    `INSERT INTO webhook_attempts (delivery_id, attempted_at, took_ms, http_status, error) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE took_ms = VALUES(took_ms)`,
    [
      deliveryId.toString(),
      toSqlInstant(attempt.attemptedAt),
      attempt.tookMs,
      attempt.httpStatus,
      attempt.error,
    ],
  );
}

/** Makes a delivery wait once more, as it was. */
export async function redeliver(db: Knex, deliveryId: bigint, now: Date): Promise<void> {
  await execute(
    db,
    `UPDATE webhook_deliveries SET status = 'waiting', attempt_count = 0, due_at = ?, finished_at = NULL, reason = NULL
      WHERE delivery_id = ?`,
    [toSqlInstant(now), deliveryId.toString()],
  );
}

/** Newest first. */
export async function listDeliveries(
  db: Knex,
  asked: {
    readonly endpointId: string;
    readonly status: DeliveryStatus | undefined;
    readonly before: bigint | undefined;
    readonly limit: number;
  },
): Promise<Delivery[]> {
  const { endpointId, status, before = BEYOND_ALL, limit } = asked;
  // The index leads with the status, so each status is a range of its own, read from its end.
  const statuses = status === undefined ? DELIVERY_STATUSES : [status];
  const range = `(SELECT delivery_id AS id FROM webhook_deliveries WHERE endpoint_id = ? AND status = ? AND delivery_id < ?
                   ORDER BY id DESC LIMIT ?)`;
  const rows = await selectRows<DeliveryRow>(
    db,
    `SELECT ${COLUMNS}
       FROM (${statuses.map(() => range).join(' UNION ALL ')} ORDER BY id DESC LIMIT ?) AS page
       JOIN webhook_deliveries AS d ON d.delivery_id = page.id ORDER BY page.id DESC`,
    [...statuses.flatMap((one) => [endpointId, one, before.toString(), limit]), limit],
  );
  return rows.map(toDelivery);
}

export async function findDelivery(
  db: Knex,
  endpointId: string,
  deliveryId: bigint,
): Promise<(Delivery & { readonly body: string }) | undefined> {
  const rows = await selectRows<DeliveryRow & { body: string }>(
    db,
    `SELECT ${COLUMNS}, d.body FROM webhook_deliveries AS d WHERE d.delivery_id = ? AND d.endpoint_id = ?`,
    [deliveryId.toString(), endpointId],
  );
  return rows.map((row) => ({ ...toDelivery(row), body: row.body }))[0];
}

/** Deletes what was delivered or given up before then, `most` at most, with its attempts. Returns how many deliveries. */
export function deleteFinishedDeliveries(db: Knex, before: Date, most: number): Promise<number> {
  return inTransaction(db, async (trx) => {
    const rows = await selectRows<{ delivery_id: string }>(
      trx,
      `SELECT CAST(delivery_id AS CHAR) AS delivery_id FROM webhook_deliveries
        WHERE finished_at <= ? ORDER BY finished_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [toSqlInstant(before), most],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.delivery_id);
    await execute(trx, 'DELETE FROM webhook_attempts WHERE delivery_id IN (?)', [ids]);
    return execute(trx, 'DELETE FROM webhook_deliveries WHERE delivery_id IN (?)', [ids]);
  });
}

export async function readAttempts(db: Knex, deliveryId: bigint): Promise<Attempt[]> {
  const rows = await selectRows<{
    attempted_at: string;
    took_ms: number;
    http_status: number | null;
    error: string | null;
  }>(
    db,
    `SELECT attempted_at, took_ms, http_status, error FROM webhook_attempts WHERE delivery_id = ?
      ORDER BY attempted_at DESC LIMIT 100`,
    [deliveryId.toString()],
  );
  return rows.map((row) => ({
    attemptedAt: fromSqlInstant(row.attempted_at),
    tookMs: row.took_ms,
    httpStatus: row.http_status,
    error: row.error,
  }));
}

interface DeliveryRow {
  delivery_id: string;
  endpoint_id: string;
  event_id: string;
  event_type: string;
  outbox_seq: string;
  status: DeliveryStatus;
  attempt_count: number;
  due_at: string;
  created_at: string;
  finished_at: string | null;
  reason: string | null;
}

const COLUMNS = `CAST(d.delivery_id AS CHAR) AS delivery_id, d.endpoint_id, d.event_id, d.event_type,
  CAST(d.outbox_seq AS CHAR) AS outbox_seq, d.status, d.attempt_count, d.due_at, d.created_at, d.finished_at, d.reason`;

function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: BigInt(row.delivery_id),
    endpointId: row.endpoint_id,
    eventId: row.event_id,
    eventType: row.event_type,
    outboxSeq: BigInt(row.outbox_seq),
    status: row.status,
    attemptCount: row.attempt_count,
    dueAt: fromSqlInstant(row.due_at),
    createdAt: fromSqlInstant(row.created_at),
    finishedAt: row.finished_at === null ? null : fromSqlInstant(row.finished_at),
    reason: row.reason,
  };
}
