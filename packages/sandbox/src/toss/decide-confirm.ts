import { isTossErrorCode, type TossErrorCode } from './errors.ts';
import type { Payment } from './payment.ts';

export interface ConfirmRequest {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

export type ConfirmDecision =
  | { readonly decision: 'approve' }
  /** The buyer's card refuses: the payment is over. */
  | { readonly decision: 'abort'; readonly code: TossErrorCode }
  | { readonly decision: 'refuse'; readonly code: TossErrorCode };

/** From the buyer's authentication to the confirm. */
export const CONFIRM_WITHIN_MS = 10 * 60 * 1000;

/** The order of the checks is the precedence of the refusals; decide-confirm.test.ts is its table. */
export function decideConfirm(
  payment: Payment | undefined,
  request: ConfirmRequest,
  now: Date,
): ConfirmDecision {
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  if (payment.orderId !== request.orderId || payment.totalAmount !== request.amount) {
    return refuse('FORBIDDEN_REQUEST');
  }
  if (payment.status !== 'IN_PROGRESS') return refuse('ALREADY_PROCESSED_PAYMENT');
  if (now.getTime() - payment.authenticatedAt.getTime() > CONFIRM_WITHIN_MS) {
    return refuse('NOT_FOUND_PAYMENT_SESSION');
  }
  const refusesWith = payment.refusesWith ?? '';
  return isTossErrorCode(refusesWith) ? { decision: 'abort', code: refusesWith } : { decision: 'approve' };
}

function refuse(code: TossErrorCode): ConfirmDecision {
  return { decision: 'refuse', code };
}
