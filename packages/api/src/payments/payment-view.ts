import type { Payment } from './payment.ts';

/** A payment as clients see it: the amount is a JSON number of won. */
export function paymentView(payment: Payment) {
  return {
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    status: payment.status,
    amount: Number(payment.amount),
    currency: payment.currency,
    payerId: payment.payerId,
    method: payment.method,
    approvedAt: payment.approvedAt?.toISOString() ?? null,
    failure:
      payment.failureCode === null ? null : { code: payment.failureCode, message: payment.failureMessage },
  };
}
