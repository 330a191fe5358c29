import type { Cancel } from './cancel.ts';

/** A cancel as clients see it: amounts are JSON numbers of won. */
export function cancelView(cancel: Cancel) {
  return {
    cancelId: cancel.cancelId,
    paymentKey: cancel.paymentKey,
    orderId: cancel.orderId,
    status: cancel.status,
    amount: Number(cancel.amount),
    refundable: Number(cancel.refundable - cancel.amount),
    reason: cancel.reason,
    shares: cancel.shares.map(({ sellerId, amount }) => ({ sellerId, amount: Number(amount) })),
    items: cancel.items,
    askedBy: cancel.askedBy,
    transactionKey: cancel.transactionKey,
    cancelledAt: cancel.cancelledAt?.toISOString() ?? null,
  };
}
