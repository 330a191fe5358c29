import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { OrderStatus } from '../orders/transitions.ts';
import type { Approval, Payment, PaymentStatus } from './payment.ts';

export interface ClaimRequest {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
  readonly payerId: number;
  /** Whose order it has to be; undefined where anybody may pay, as in the sandbox. */
  readonly buyerId?: number | undefined;
}

/** When a claim is made, and when recovery may look at it. */
export interface ClaimTimes {
  readonly claimedAt: Date;
  readonly recoverAt: Date;
}

/** A request's claim, with its times. */
export interface Claim {
  readonly request: ClaimRequest;
  readonly times: ClaimTimes;
}

/**
 * Claims the order and the paymentKey in one statement, which commits by itself. Returns false when there is no such order at
 * this amount that awaits payment, or no such payer; fails with MySQL's duplicate-key error when either is claimed. The order is read
 * under a lock, so that of a claim and a cancel (or expiry) at once, the later sees what the earlier did.
 */
export async function insertClaim(db: Knex, { request: claim, times }: Claim): Promise<boolean> {
  const inserted = await execute(
    db,
    `INSERT INTO payments (payment_key, order_id, open_order_id, payer_id, amount, currency, status, claimed_at, recover_at)
     SELECT ?, o.order_id, o.order_id, m.member_id, o.amount, o.currency, 'confirming', ?, ?
       FROM orders AS o JOIN members AS m ON m.member_id = ?
      WHERE o.order_id = ? AND o.amount = ? AND o.buyer_id = COALESCE(?, o.buyer_id) AND o.status = 'awaiting_payment'
        FOR SHARE OF o`,
    [
      claim.paymentKey,
      toSqlInstant(times.claimedAt),
      toSqlInstant(times.recoverAt),
      claim.payerId,
      claim.orderId,
      claim.amount.toString(),
      claim.buyerId ?? null,
    ],
  );
  return inserted === 1;
}

/** As insertClaim, for several; returns how many were had. No order is claimed twice by it. */
export function insertClaims(trx: Knex.Transaction, claims: readonly Claim[]): Promise<number> {
  const ofOrder = (wanted: (claim: Claim) => unknown) =>
    caseOf('o.order_id', claims, ({ request }) => request.orderId, wanted);
  const keys = ofOrder(({ request }) => request.paymentKey);
  const claimed = ofOrder(({ times }) => toSqlInstant(times.claimedAt));
  const recover = ofOrder(({ times }) => toSqlInstant(times.recoverAt));
  const payers = ofOrder(({ request }) => request.payerId);
  const amounts = ofOrder(({ request }) => request.amount.toString());
  return execute(
    trx,
    `INSERT INTO payments (payment_key, order_id, open_order_id, payer_id, amount, currency, status, claimed_at, recover_at)
     SELECT ${keys.sql}, o.order_id, o.order_id, m.member_id, o.amount, o.currency, 'confirming', ${claimed.sql}, ${recover.sql}
       FROM orders AS o JOIN members AS m ON m.member_id = ${payers.sql}
      WHERE o.order_id IN (?) AND o.amount = ${amounts.sql} AND o.status = 'awaiting_payment' FOR SHARE OF o`,
    [
      ...[keys, claimed, recover, payers].flatMap(({ bindings }) => bindings),
      claims.map(({ request }) => request.orderId),
      ...amounts.bindings,
    ],
  );
}

/**
 * Claims again with a key that was released. Returns false when it is not any more, or the order awaits no payment; fails with the
 * duplicate-key error when another payment has the order.
 */
export async function reclaim(db: Knex, { request: claim, times }: Claim): Promise<boolean> {
  const updated = await execute(
    db,
    // The order is written, though not changed, so that it is locked as insertClaim locks it.
    `UPDATE payments AS p JOIN orders AS o ON o.order_id = p.order_id
        SET p.status = 'confirming', p.open_order_id = p.order_id, p.payer_id = ?, p.claimed_at = ?, p.recover_at = ?,
            p.finished_at = NULL, o.status = 'awaiting_payment'
      WHERE p.payment_key = ? AND p.status = 'released' AND o.status = 'awaiting_payment'`,
    [claim.payerId, toSqlInstant(times.claimedAt), toSqlInstant(times.recoverAt), claim.paymentKey],
  );
  return updated > 0;
}

/** What there is to say about a claim that was not had. */
export interface ClaimFacts {
  readonly order:
    | { readonly amount: bigint; readonly status: OrderStatus; readonly buyerId: number }
    | undefined;
  readonly hasPayer: boolean;
  /** The payment with this paymentKey. */
  readonly same: Payment | undefined;
  /** The payment that has the order, whatever its key. */
  readonly open: { readonly paymentKey: string; readonly status: PaymentStatus } | undefined;
}

type FactsRow = Partial<PaymentRow> & {
  order_amount: string | null;
  order_status: OrderStatus | null;
  order_buyer: number | null;
  member_id: number | null;
  open_payment_key: string | null;
  open_status: PaymentStatus | null;
};

export async function readClaimFacts(db: Knex, claim: ClaimRequest): Promise<ClaimFacts> {
  const [row] = await selectRows<FactsRow>(
    db,
    `SELECT o.amount AS order_amount, o.status AS order_status, o.buyer_id AS order_buyer, m.member_id,
            w.payment_key AS open_payment_key, w.status AS open_status, ${columnsOf('p')}
       FROM (SELECT 1) AS one
       LEFT JOIN orders AS o ON o.order_id = ?
       LEFT JOIN members AS m ON m.member_id = ?
       LEFT JOIN payments AS p ON p.payment_key = ?
       LEFT JOIN payments AS w ON w.open_order_id = ?`,
    [claim.orderId, claim.payerId, claim.paymentKey, claim.orderId],
  );
  if (row === undefined) throw new Error('A SELECT without FROM-rows gave no row.');
  const {
    order_amount: amount,
    order_status: status,
    order_buyer: buyerId,
    open_payment_key: openKey,
    open_status: openStatus,
  } = row;
  return {
    order:
      amount === null || status === null || buyerId === null
        ? undefined
        : { amount: BigInt(amount), status, buyerId },
    hasPayer: row.member_id !== null,
    same: row.payment_key == null ? undefined : toPayment(row as PaymentRow),
    open: openKey === null || openStatus === null ? undefined : { paymentKey: openKey, status: openStatus },
  };
}

/**
 * Marks the payment done and its order paid. Returns false when the payment was done before, which is the fence between a request
 * and the recoveries of other processes, or when the order awaits no payment any more. A refusal does not fence, because what the
 * provider approved has to be recorded.
 */
export async function markDone(
  trx: Knex.Transaction,
  paymentKey: string,
  { approvedAt, method }: Approval,
  now: Date,
): Promise<boolean> {
  const updated = await execute(
    trx,
    `UPDATE payments AS p JOIN orders AS o ON o.order_id = p.order_id
        SET p.status = 'done', p.open_order_id = p.order_id, p.method = ?, p.approved_at = ?, p.finished_at = ?,
            p.failure_code = NULL, p.failure_message = NULL, o.status = 'paid'
      WHERE p.payment_key = ? AND p.status <> 'done' AND o.status = 'awaiting_payment'`,
    [method, toSqlInstant(approvedAt), toSqlInstant(now), paymentKey],
  );
  return updated > 0;
}

/** As markDone, for several. False when one of them was done before, or its order awaits no payment: the caller has to roll back. */
export async function markAllDone(
  trx: Knex.Transaction,
  payments: readonly { readonly paymentKey: string; readonly approval: Approval }[],
  now: Date,
): Promise<boolean> {
  const keyOf = ({ paymentKey }: { readonly paymentKey: string }) => paymentKey;
  const methods = caseOf('p.payment_key', payments, keyOf, ({ approval }) => approval.method);
  const approved = caseOf('p.payment_key', payments, keyOf, ({ approval }) =>
    toSqlInstant(approval.approvedAt),
  );
  const updated = await execute(
    trx,
    `UPDATE payments AS p JOIN orders AS o ON o.order_id = p.order_id
        SET p.status = 'done', p.open_order_id = p.order_id, p.method = ${methods.sql}, p.approved_at = ${approved.sql},
            p.finished_at = ?, p.failure_code = NULL, p.failure_message = NULL, o.status = 'paid'
      WHERE p.payment_key IN (?) AND p.status <> 'done' AND o.status = 'awaiting_payment'`,
    [...methods.bindings, ...approved.bindings, toSqlInstant(now), payments.map(keyOf)],
  );
  // A row of each table for each payment.
  return updated === 2 * payments.length;
}

/** An expression that has a value for each item, told by what the column says. */
function caseOf<Item>(
  column: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  wanted: (item: Item) => unknown,
): { sql: string; bindings: unknown[] } {
  return {
    sql: `CASE ${column} ${items.map(() => 'WHEN ? THEN ?').join(' ')} END`,
    bindings: items.flatMap((item) => [nameOf(item), wanted(item)]),
  };
}

/** What a late approval finds. Both rows are locked. */
export async function lockForLate(
  trx: Knex.Transaction,
  paymentKey: string,
): Promise<{ readonly status: PaymentStatus; readonly orderStatus: OrderStatus } | undefined> {
  const [row] = await selectRows<{ status: PaymentStatus; orderStatus: OrderStatus }>(
    trx,
    `SELECT p.status, o.status AS orderStatus FROM payments AS p JOIN orders AS o ON o.order_id = p.order_id
      WHERE p.payment_key = ? FOR UPDATE`,
    [paymentKey],
  );
  return row;
}

/** Marks a payment done that came late. `hasOrder`: whether the order is this payment's, or was paid by another. */
export async function markDoneLate(
  trx: Knex.Transaction,
  paymentKey: string,
  { approvedAt, method }: Approval,
  { now, hasOrder }: { now: Date; hasOrder: boolean },
): Promise<void> {
  await execute(
    trx,
    `UPDATE payments SET status = 'done', open_order_id = IF(?, order_id, NULL), method = ?, approved_at = ?, finished_at = ?,
            failure_code = NULL, failure_message = NULL
      WHERE payment_key = ?`,
    [hasOrder, method, toSqlInstant(approvedAt), toSqlInstant(now), paymentKey],
  );
}

/** Takes an order from a payment that has it and is not done: another was approved first. */
export async function dispossess(trx: Knex.Transaction, orderId: string): Promise<void> {
  await execute(
    trx,
    `UPDATE payments SET open_order_id = NULL WHERE open_order_id = ? AND status = 'confirming'`,
    [orderId],
  );
}

/** Which of these orders have a payment that is under way or done. */
export async function readOpenOrders(db: Knex, orderIds: readonly string[]): Promise<Set<string>> {
  if (orderIds.length === 0) return new Set();
  const rows = await selectRows<{ open_order_id: string }>(
    db,
    'SELECT open_order_id FROM payments WHERE open_order_id IN (?)',
    [orderIds],
  );
  return new Set(rows.map((row) => row.open_order_id));
}

/** Ends a claim without money: the order is free for another payment. Returns false when it was finished before. */
export async function markRefused(
  db: Knex,
  paymentKey: string,
  failure: { readonly code: string; readonly message: string },
  now: Date,
): Promise<boolean> {
  const updated = await execute(
    db,
    `UPDATE payments SET status = 'refused', open_order_id = NULL, failure_code = ?, failure_message = ?, finished_at = ?
      WHERE payment_key = ? AND status = 'confirming'`,
    [failure.code.slice(0, 100), failure.message.slice(0, 500), toSqlInstant(now), paymentKey],
  );
  return updated === 1;
}

/** Gives back a claim whose payment was never sent to the provider. */
export async function markReleased(db: Knex, paymentKey: string, now: Date): Promise<void> {
  await execute(
    db,
    `UPDATE payments SET status = 'released', open_order_id = NULL, finished_at = ?
      WHERE payment_key = ? AND status = 'confirming'`,
    [toSqlInstant(now), paymentKey],
  );
}

/** A payment whose outcome is open, and when its recovery was due. */
export interface DuePayment extends Payment {
  readonly recoverAt: Date;
}

export async function readDuePayments(db: Knex, now: Date, limit: number): Promise<DuePayment[]> {
  const rows = await selectRows<PaymentRow & { recover_at: string }>(
    db,
    `SELECT ${columnsOf('p')}, p.recover_at FROM payments AS p
      WHERE p.status = 'confirming' AND p.recover_at <= ? ORDER BY p.recover_at LIMIT ?`,
    [toSqlInstant(now), limit],
  );
  return rows.map((row) => ({ ...toPayment(row), recoverAt: fromSqlInstant(row.recover_at) }));
}

/** Moves a recovery's due time. Returns false when another process has moved it first, or has finished the payment. */
export async function postpone(
  db: Knex,
  paymentKey: string,
  due: { readonly from: Date; readonly to: Date },
): Promise<boolean> {
  const updated = await execute(
    db,
    `UPDATE payments SET recover_at = ? WHERE payment_key = ? AND status = 'confirming' AND recover_at = ?`,
    [toSqlInstant(due.to), paymentKey, toSqlInstant(due.from)],
  );
  return updated === 1;
}

/**
 * Notes that the provider said something of a payment: it is asked at once what, by whichever job the payment's state leads to. Returns
 * false where there is no such payment.
 */
export async function noteLookUp(db: Knex, paymentKey: string, now: Date): Promise<boolean> {
  const at = toSqlInstant(now);
  const updated = await execute(
    db,
    `UPDATE payments SET look_up_at = IF(status = 'done', ?, look_up_at),
            recover_at = IF(status = 'confirming', LEAST(recover_at, ?), recover_at)
      WHERE payment_key = ?`,
    [at, at, paymentKey],
  );
  return updated > 0;
}

export interface DueLookUp {
  readonly paymentKey: string;
  readonly lookUpAt: Date;
}

export async function readDueLookUps(db: Knex, now: Date, limit: number): Promise<DueLookUp[]> {
  const rows = await selectRows<{ payment_key: string; look_up_at: string }>(
    db,
    'SELECT payment_key, look_up_at FROM payments WHERE look_up_at <= ? ORDER BY look_up_at LIMIT ?',
    [toSqlInstant(now), limit],
  );
  return rows.map((row) => ({ paymentKey: row.payment_key, lookUpAt: fromSqlInstant(row.look_up_at) }));
}

/** Moves a look-up's due time, or ends it with null. Returns false when it was moved meanwhile. */
export async function moveLookUp(
  db: Knex,
  paymentKey: string,
  due: { readonly from: Date; readonly to: Date | null },
): Promise<boolean> {
  const updated = await execute(
    db,
    'UPDATE payments SET look_up_at = ? WHERE payment_key = ? AND look_up_at = ?',
    [due.to === null ? null : toSqlInstant(due.to), paymentKey, toSqlInstant(due.from)],
  );
  return updated === 1;
}

export function findPayment(db: Knex, paymentKey: string): Promise<Payment | undefined> {
  return findOne(db, 'p.payment_key', paymentKey);
}

/** The payment that has the order: under way, or done. */
export function findOpenPayment(db: Knex, orderId: string): Promise<Payment | undefined> {
  return findOne(db, 'p.open_order_id', orderId);
}

async function findOne(
  db: Knex,
  column: 'p.payment_key' | 'p.open_order_id',
  value: string,
): Promise<Payment | undefined> {
  const [row] = await selectRows<PaymentRow>(
    db,
    `SELECT ${columnsOf('p')} FROM payments AS p WHERE ${column} = ?`,
    [value],
  );
  return row === undefined ? undefined : toPayment(row);
}

interface PaymentRow {
  payment_key: string;
  order_id: string;
  payer_id: number;
  amount: string;
  currency: string;
  status: PaymentStatus;
  refunded: string;
  claimed_at: string;
  method: string | null;
  approved_at: string | null;
  failure_code: string | null;
  failure_message: string | null;
}

const COLUMNS: readonly (keyof PaymentRow)[] = [
  'payment_key',
  'order_id',
  'payer_id',
  'amount',
  'currency',
  'status',
  'refunded',
  'claimed_at',
  'method',
  'approved_at',
  'failure_code',
  'failure_message',
];

function columnsOf(alias: string): string {
  return COLUMNS.map((column) => `${alias}.${column}`).join(', ');
}

function toPayment(row: PaymentRow): Payment {
  return {
    paymentKey: row.payment_key,
    orderId: row.order_id,
    payerId: row.payer_id,
    amount: BigInt(row.amount),
    currency: row.currency,
    status: row.status,
    refunded: BigInt(row.refunded),
    claimedAt: fromSqlInstant(row.claimed_at),
    method: row.method,
    approvedAt: row.approved_at === null ? null : fromSqlInstant(row.approved_at),
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
  };
}
