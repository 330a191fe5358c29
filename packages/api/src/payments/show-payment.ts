import type { Knex } from 'knex';
import type { Cancel } from '../cancels/cancel.ts';
import { readCancelsOf } from '../cancels/cancels-table.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { findOrder } from '../orders/orders-table.ts';
import { partOfPayment } from './part-of-payment.ts';
import type { Payment } from './payment.ts';
import { findPayment } from './payments-table.ts';
import { concernedBy, paymentUnknown, sightOf } from './sight.ts';

/** A payment as far as somebody may see it. */
export interface ShownPayment {
  readonly payment: Payment;
  readonly cancels: readonly Cancel[];
  /** Whose part it is; null: all of it. */
  readonly sellerId: string | null;
}

/**
 * Shows a caller as much of a payment as they may see, with its cancels. A seller has nothing to do with one that is not done.
 * @throws ShopError `payment_unknown`, also for somebody else's
 */
export async function showPayment(knex: Knex, caller: Caller, paymentKey: string): Promise<ShownPayment> {
  const [payment, cancels] = await Promise.all([
    findPayment(knex, paymentKey),
    readCancelsOf(knex, paymentKey),
  ]);
  if (payment === undefined) throw paymentUnknown();
  const all = { payment, cancels, sellerId: null };
  // Who asks most often is who pays, and need not wait for the order to be read.
  if (payment.payerId === caller.memberId || hasRole(caller, 'accountant', 'operator')) return all;
  const order = await findOrder(knex, payment.orderId);
  if (order === undefined) throw paymentUnknown();
  const sight = sightOf(caller, concernedBy(payment, order));
  if (sight === 'all') return all;
  if (sight === 'nothing' || payment.status !== 'done') throw paymentUnknown();
  const reader = { ...sight, lines: order.lines, memberId: caller.memberId };
  return { ...partOfPayment(payment, cancels, reader), sellerId: sight.sellerId };
}
