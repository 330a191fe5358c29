import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Cancel, CancelItem, CancelShare, CancelStatus } from './cancel.ts';

/** A cancel that is to be claimed. */
export interface CancelClaim
  extends Pick<
    Cancel,
    | 'cancelId'
    | 'paymentKey'
    | 'amount'
    | 'refundable'
    | 'taxFreeAmount'
    | 'reason'
    | 'shares'
    | 'items'
    | 'askedBy'
  > {
  readonly idempotencyKey: string | undefined;
  readonly claimedAt: Date;
  /** When recovery may look at it. */
  readonly recoverAt: Date;
}

/**
 * Claims a cancel in one statement, which commits by itself where no transaction is open. Returns false where the payment has not, or
 * no longer, so much to give back; fails with MySQL's duplicate-key error where another cancel begins at the same balance, or the
 * idempotency key was used.
 */
export async function insertCancel(db: Knex, claim: CancelClaim): Promise<boolean> {
  const inserted = await execute(
    db,
    `INSERT INTO cancels (cancel_id, payment_key, order_id, amount, refundable, open_refundable, tax_free_amount, reason, shares, items, status,
            asked_by, idempotency_key, claimed_at, recover_at)
     SELECT ?, p.payment_key, p.order_id, ?, p.amount - p.refunded, p.amount - p.refunded, ?, ?, ?, ?, 'cancelling', ?, ?, ?, ?
       FROM payments AS p
      WHERE p.payment_key = ? AND p.status = 'done' AND p.amount - p.refunded = ?`,
    [
      claim.cancelId,
      claim.amount.toString(),
      claim.taxFreeAmount?.toString() ?? null,
      claim.reason,
      JSON.stringify(claim.shares.map(toStoredShare)),
      claim.items === null ? null : JSON.stringify(claim.items),
      claim.askedBy,
      claim.idempotencyKey ?? null,
      toSqlInstant(claim.claimedAt),
      toSqlInstant(claim.recoverAt),
      claim.paymentKey,
      claim.refundable.toString(),
    ],
  );
  return inserted === 1;
}

/** What the provider said of a cancel that it made. */
export interface CancelDone {
  readonly transactionKey: string;
  readonly cancelledAt: Date;
}

/**
 * Marks a cancel done, and takes it off its payment. Returns false when it was done before, or does not begin at the balance that the
 * payment has now: that is the fence between a request and the recoveries of other processes. A refusal does not fence, because
 * what the provider gave back has to be recorded.
 */
export async function markCancelDone(
  trx: Knex.Transaction,
  cancelId: string,
  { transactionKey, cancelledAt }: CancelDone,
  now: Date,
): Promise<boolean> {
  const updated = await execute(
    trx,
    `UPDATE cancels AS c JOIN payments AS p ON p.payment_key = c.payment_key
        SET c.status = 'done', c.open_refundable = c.refundable, c.transaction_key = ?, c.cancelled_at = ?, c.finished_at = ?,
            c.failure_code = NULL, c.failure_message = NULL, p.refunded = p.refunded + c.amount
      WHERE c.cancel_id = ? AND c.status <> 'done' AND p.amount - p.refunded = c.refundable`,
    [transactionKey, toSqlInstant(cancelledAt), toSqlInstant(now), cancelId],
  );
  return updated > 0;
}

/** What has the payment's order come to? A payment that does not have the order, as a second one for it, says nothing of it. */
export async function markOrderCancelled(trx: Knex.Transaction, paymentKey: string): Promise<void> {
  await execute(
    trx,
    `UPDATE orders AS o JOIN payments AS p ON p.open_order_id = o.order_id
        SET o.status = IF(p.refunded = p.amount, 'cancelled', 'partially_cancelled')
      WHERE p.payment_key = ?`,
    [paymentKey],
  );
}

/** Ends a cancel without money. Its key is free for another try. Returns false when it was finished before. */
export async function markCancelEnded(
  db: Knex,
  cancelId: string,
  ended: {
    readonly as: 'refused' | 'released';
    readonly failure?: { readonly code: string; readonly message: string };
  },
  now: Date,
): Promise<boolean> {
  const updated = await execute(
    db,
    `UPDATE cancels SET status = ?, open_refundable = NULL, idempotency_key = NULL, failure_code = ?, failure_message = ?,
            finished_at = ?
      WHERE cancel_id = ? AND status = 'cancelling'`,
    [
      ended.as,
      ended.failure?.code.slice(0, 100) ?? null,
      ended.failure?.message.slice(0, 500) ?? null,
      toSqlInstant(now),
      cancelId,
    ],
  );
  return updated === 1;
}

/** A cancel whose outcome is open, and when its recovery was due. */
export interface DueCancel extends Cancel {
  readonly recoverAt: Date;
}

export async function readDueCancels(db: Knex, now: Date, limit: number): Promise<DueCancel[]> {
  const rows = await selectRows<CancelRow & { recover_at: string }>(
    db,
    `SELECT ${COLUMNS}, c.recover_at FROM cancels AS c
      WHERE c.status = 'cancelling' AND c.recover_at <= ? ORDER BY c.recover_at LIMIT ?`,
    [toSqlInstant(now), limit],
  );
  return rows.map((row) => ({ ...toCancel(row), recoverAt: fromSqlInstant(row.recover_at) }));
}

/** Moves a recovery's due time. Returns false when another process has moved it first, or has finished the cancel. */
export async function postponeCancel(
  db: Knex,
  cancelId: string,
  due: { readonly from: Date; readonly to: Date },
): Promise<boolean> {
  const updated = await execute(
    db,
    `UPDATE cancels SET recover_at = ? WHERE cancel_id = ? AND status = 'cancelling' AND recover_at = ?`,
    [toSqlInstant(due.to), cancelId, toSqlInstant(due.from)],
  );
  return updated === 1;
}

/** A payment's cancels that are under way or done, in their order: a balance only falls. */
export async function readCancelsOf(db: Knex, paymentKey: string): Promise<Cancel[]> {
  const rows = await selectRows<CancelRow>(
    db,
    `SELECT ${COLUMNS} FROM cancels AS c WHERE c.payment_key = ? AND c.open_refundable IS NOT NULL
      ORDER BY c.open_refundable DESC`,
    [paymentKey],
  );
  return rows.map(toCancel);
}

export async function findCancel(db: Knex, cancelId: string): Promise<Cancel | undefined> {
  const rows = await selectRows<CancelRow>(db, `SELECT ${COLUMNS} FROM cancels AS c WHERE c.cancel_id = ?`, [
    cancelId,
  ]);
  return rows.map(toCancel)[0];
}

/** The cancel under way or done that this member asked for with this key. */
export async function findCancelByKey(
  db: Knex,
  { askedBy, idempotencyKey }: { readonly askedBy: number; readonly idempotencyKey: string },
): Promise<Cancel | undefined> {
  const rows = await selectRows<CancelRow>(
    db,
    `SELECT ${COLUMNS} FROM cancels AS c WHERE c.asked_by = ? AND c.idempotency_key = ?`,
    [askedBy, idempotencyKey],
  );
  return rows.map(toCancel)[0];
}

interface CancelRow {
  cancel_id: string;
  payment_key: string;
  order_id: string;
  amount: string;
  refundable: string;
  tax_free_amount: string | null;
  reason: string;
  shares: string;
  items: string | null;
  status: CancelStatus;
  asked_by: number | null;
  claimed_at: string;
  transaction_key: string | null;
  cancelled_at: string | null;
  failure_code: string | null;
  failure_message: string | null;
}

const COLUMNS = `c.cancel_id, c.payment_key, c.order_id, c.amount, c.refundable, c.tax_free_amount, c.reason, CAST(c.shares AS CHAR) AS shares,
  CAST(c.items AS CHAR) AS items, c.status, c.asked_by, c.claimed_at, c.transaction_key, c.cancelled_at, c.failure_code,
  c.failure_message`;

/** A share as it is stored: money as text. */
type StoredShare = Record<keyof CancelShare, string>;

function toStoredShare({ sellerId, sold, amount, refunded }: CancelShare): StoredShare {
  return { sellerId, sold: String(sold), amount: String(amount), refunded: String(refunded) };
}

function toShare({ sellerId, sold, amount, refunded }: StoredShare): CancelShare {
  return { sellerId, sold: BigInt(sold), amount: BigInt(amount), refunded: BigInt(refunded) };
}

function toCancel(row: CancelRow): Cancel {
  return {
    cancelId: row.cancel_id,
    paymentKey: row.payment_key,
    orderId: row.order_id,
    amount: BigInt(row.amount),
    refundable: BigInt(row.refundable),
    taxFreeAmount: row.tax_free_amount === null ? null : BigInt(row.tax_free_amount),
    reason: row.reason,
    shares: (JSON.parse(row.shares) as StoredShare[]).map(toShare),
    items: row.items === null ? null : (JSON.parse(row.items) as CancelItem[]),
    status: row.status,
    askedBy: row.asked_by,
    claimedAt: fromSqlInstant(row.claimed_at),
    transactionKey: row.transaction_key,
    cancelledAt: row.cancelled_at === null ? null : fromSqlInstant(row.cancelled_at),
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
  };
}
