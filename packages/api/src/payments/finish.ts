import { appendEvents, inTransaction, paymentConfirmedEvent } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { FailPoint } from '../fail-point.ts';
import type { TraceHeaders } from '../http/tracing.ts';
import { type OrderLine, sharesOf } from '../orders/order.ts';
import type { Approval } from './payment.ts';
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

export interface ApprovedPayment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly approval: Approval;
  readonly lines: readonly OrderLine[];
  /** What the event carries of the request; recovery has none. */
  readonly headers?: TraceHeaders;
}

/**
 * Records what the provider approved: payment, order and outbox row in one transaction, with no read in it. Returns false when
 * another process recorded it first, and then writes nothing.
 */
export async function recordApproval(context: PaymentContext, payment: ApprovedPayment): Promise<boolean> {
  const { knex, clock, failPoint } = context;
  const { paymentKey, approval } = payment;
  failPoint('payment.approved');
  const isRecorded = await inTransaction(knex, async (trx) => {
    const now = clock();
    if (!(await markDone(trx, paymentKey, approval, now))) return false;
    await appendEvents(trx, [eventOf(payment)], now);
    return true;
  });
  failPoint('payment.committed');
  return isRecorded;
}

function eventOf({ paymentKey, orderId, amount, currency, approval, lines, headers }: ApprovedPayment) {
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
