import type { Payment } from './payment.ts';

type PaymentState = Payment['status'] | 'partially_cancelled' | 'cancelled';

/** A payment that is done and went back, whole or in part, is shown as that. */
function stateOf({ status, amount, refunded }: Payment): PaymentState {
  if (status !== 'done' || refunded === 0n) return status;
  return refunded === amount ? 'cancelled' : 'partially_cancelled';
}

/** A payment as clients see it: the amount is a JSON number of won. */
export function paymentView(payment: Payment) {
  return {
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    status: stateOf(payment),
    amount: Number(payment.amount),
    refunded: Number(payment.refunded),
    currency: payment.currency,
    payerId: payment.payerId,
    method: payment.method,
    approvedAt: payment.approvedAt?.toISOString() ?? null,
    failure:
      payment.failureCode === null ? null : { code: payment.failureCode, message: payment.failureMessage },
  };
}
