import { ShopError, type ShopErrorCode } from '../errors.ts';
import { type OrderStatus, transition } from '../orders/transitions.ts';
import type { Payment } from './payment.ts';
import type { ClaimFacts, ClaimRequest } from './payments-table.ts';

export type ClaimDecision =
  /** The same payment was done before: its first result is the answer. */
  | { readonly decision: 'replay'; readonly payment: Payment }
  /** The same payment was released: claim it again. */
  | { readonly decision: 'reclaim' }
  /** Nothing stands in the way any more: whoever held the order has let it go meanwhile. */
  | { readonly decision: 'retry' };

/**
 * Says why a claim was not had. The order of the checks is the precedence of the rejections (decide-claim.test.ts is its table).
 * @throws ShopError `order_unknown`, `payment_key_used`, `amount_mismatch`, `payment_refused`, `payment_in_progress`,
 *   `order_already_paid`, `order_cancelled`, `order_expired`, `member_unknown`
 */
export function decideClaim(claim: ClaimRequest, facts: ClaimFacts): ClaimDecision {
  const { orderId, paymentKey } = claim;
  const { order, same, open } = facts;
  const isAnothers = claim.buyerId !== undefined && claim.buyerId !== order?.buyerId;
  if (order === undefined || isAnothers) {
    throw new ShopError('order_unknown', `There is no order ${orderId}.`, { orderId });
  }
  if (same !== undefined && same.orderId !== orderId) {
    throw new ShopError('payment_key_used', 'This paymentKey was used for another order.', { orderId });
  }
  if (order.amount !== claim.amount) throw amountMismatch(claim, order.amount);
  if (same !== undefined && same.status !== 'released') return sameAgain(same);
  if (open !== undefined) throw takenByAnother(orderId, open.status);
  assertPayable(orderId, order.status);
  if (!facts.hasPayer) {
    throw new ShopError('member_unknown', `There is no member ${claim.payerId}.`, {
      memberId: claim.payerId,
    });
  }
  return same === undefined ? { decision: 'retry' } : { decision: 'reclaim' };

  function sameAgain(payment: Payment): ClaimDecision {
    if (payment.status === 'done') return { decision: 'replay', payment };
    if (payment.status === 'refused') {
      const { failureCode, failureMessage } = payment;
      throw refused(orderId, { code: failureCode ?? '', message: failureMessage ?? '' });
    }
    throw new ShopError(
      'payment_in_progress',
      `This payment is being confirmed; ask for it at /api/payments/${encodeURIComponent(paymentKey)}.`,
      { orderId },
    );
  }
}

export function refused(orderId: string, refusal: { code: string; message: string }): ShopError {
  return new ShopError(
    'payment_refused',
    'The payment was refused and nothing was charged; the order can be paid another way.',
    { orderId, providerCode: refusal.code, providerMessage: refusal.message },
  );
}

function amountMismatch({ orderId, amount }: ClaimRequest, orderAmount: bigint): ShopError {
  return new ShopError(
    'amount_mismatch',
    `The order costs ${orderAmount} won, and the payment is of ${amount}; nothing was charged.`,
    { orderId, orderAmount: Number(orderAmount), paymentAmount: Number(amount) },
  );
}

/** What the order's state has to say, by its table. */
function assertPayable(orderId: string, status: OrderStatus): void {
  const followed = transition(status, 'pay');
  if ('to' in followed) return;
  throw new ShopError(followed.refused, WHY_NOT[followed.refused] ?? 'The order cannot be paid.', {
    orderId,
  });
}

const WHY_NOT: Partial<Record<ShopErrorCode, string>> = {
  order_already_paid: 'This order is paid; nothing was charged.',
  order_cancelled: 'A cancelled order cannot be paid; check out again.',
  order_expired: 'The order was not paid in time; check out again.',
};

function takenByAnother(orderId: string, status: Payment['status']): ShopError {
  return status === 'done'
    ? new ShopError('order_already_paid', 'Another payment has paid this order; nothing was charged.', {
        orderId,
      })
    : new ShopError('payment_in_progress', 'Another payment of this order is being confirmed.', { orderId });
}
