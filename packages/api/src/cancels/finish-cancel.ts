import { appendEvents, inTransaction, paymentCancelledEvent } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { FailPoint } from '../fail-point.ts';
import type { TraceHeaders } from '../http/tracing.ts';
import type { Payment } from '../payments/payment.ts';
import type { Cancel } from './cancel.ts';
import type { CancelProvider } from './cancel-provider.ts';
import { type CancelDone, markCancelDone, markOrderCancelled } from './cancels-table.ts';

export interface CancelContext {
  readonly knex: Knex;
  readonly cancels: CancelProvider;
  readonly clock: () => Date;
  readonly newCancelId: (now: Date) => string;
  /** How long a cancel may be under way before recovery asks the provider about it. */
  readonly recoveryAfterMs: number;
  readonly failPoint: FailPoint;
}

/** A cancel that the provider made, of the payment that it gives back. */
export interface MadeCancel {
  readonly cancel: Pick<Cancel, 'cancelId' | 'amount' | 'refundable' | 'shares'>;
  readonly payment: Pick<Payment, 'paymentKey' | 'orderId' | 'amount' | 'currency'>;
  readonly done: CancelDone;
  /** What the event carries of the request; recovery has none. */
  readonly headers?: TraceHeaders;
}

/**
 * Records what the provider gave back: cancel, payment, order and outbox row in one transaction. Returns false when another process
 * recorded it first, and then writes nothing.
 */
export async function recordCancel(context: CancelContext, made: MadeCancel): Promise<boolean> {
  const { knex, failPoint } = context;
  failPoint('cancel.approved');
  const isRecorded = await inTransaction(knex, (trx) => recordCancelIn(trx, context, made));
  failPoint('cancel.committed');
  return isRecorded;
}

/** The same within a transaction. */
export async function recordCancelIn(
  trx: Knex.Transaction,
  { clock }: Pick<CancelContext, 'clock'>,
  made: MadeCancel,
): Promise<boolean> {
  const now = clock();
  if (!(await markCancelDone(trx, made.cancel.cancelId, made.done, now))) return false;
  await markOrderCancelled(trx, made.payment.paymentKey);
  await appendEvents(trx, [eventOf(made)], now);
  return true;
}

function eventOf({ cancel, payment, done, headers }: MadeCancel) {
  const { paymentKey, orderId, currency, amount: paid } = payment;
  const told = {
    paymentKey,
    orderId,
    cancelId: cancel.cancelId,
    transactionKey: done.transactionKey,
    currency,
    // Won have no minor unit of their own, so the count of units is the amount.
    amount: cancel.amount.toString(),
    paid: paid.toString(),
    refunded: (paid - cancel.refundable + cancel.amount).toString(),
    cancelledAt: done.cancelledAt.toISOString(),
    shares: cancel.shares.map(({ sellerId, sold, amount, refunded }) => ({
      sellerId,
      sold: sold.toString(),
      amount: amount.toString(),
      refunded: refunded.toString(),
    })),
  };
  return paymentCancelledEvent(told, headers);
}
