import { appendEvents, inTransaction, isMysqlError, paymentConfirmedEvent } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { FailPoint } from '../fail-point.ts';
import { sharesOf } from '../orders/order.ts';
import { insertOrderSellers } from '../orders/order-sellers-table.ts';
import { stockItemsOf } from '../stock/stock-item.ts';
import { sellReserved } from '../stock/stocks-table.ts';
import { recordLate } from './finish-late.ts';
import type { ApprovedPayment } from './payment.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { markDone } from './payments-table.ts';

export interface PaymentContext {
  readonly knex: Knex;
  readonly provider: PaymentProvider;
  readonly clock: () => Date;
  /** How long a payment may be under way before recovery asks the provider about it. */
  readonly recoveryAfterMs: number;
  readonly failPoint: FailPoint;
}

/**
 * Records what the provider approved: payment, order, stock and outbox row in one transaction, with no read in it. Returns false when
 * another process recorded it first, and then writes nothing. An approval whose order has ended meanwhile is recorded as well.
 */
export async function recordApproval(context: PaymentContext, payment: ApprovedPayment): Promise<boolean> {
  const { knex, clock, failPoint } = context;
  failPoint('payment.approved');
  const isRecorded = await inTransaction(knex, async (trx) => {
    const now = clock();
    if (await markDoneUnlessTaken(trx, payment, now)) {
      await sellReserved(trx, stockItemsOf(payment.lines));
      await insertOrderSellers(trx, [payment]);
    } else if (!(await recordLate(trx, payment, now))) {
      return false;
    }
    // Last, so that the row's place in the outbox is taken just before the commit: relays wait for a lower place that is open.
    await appendEvents(trx, [eventOf(payment)], now);
    return true;
  });
  failPoint('payment.committed');
  return isRecorded;
}

async function markDoneUnlessTaken(
  trx: Knex.Transaction,
  { paymentKey, approval }: ApprovedPayment,
  now: Date,
): Promise<boolean> {
  try {
    return await markDone(trx, paymentKey, approval, now);
  } catch (error) {
    // Refused here before, and another payment has the order since.
    if (isMysqlError(error, 'duplicateKey')) return false;
    throw error;
  }
}

export function eventOf({
  paymentKey,
  orderId,
  amount,
  currency,
  approval,
  lines,
  headers,
}: ApprovedPayment) {
  const payment = {
    paymentKey,
    orderId,
    currency,
    // Won have no minor unit of their own, so the count of units is the amount.
    amount: amount.toString(),
    approvedAt: approval.approvedAt.toISOString(),
    shares: sharesOf(lines).map((share) => ({ sellerId: share.sellerId, amount: share.amount.toString() })),
  };
  return paymentConfirmedEvent(payment, headers);
}
