import type { TossErrorCode } from './errors.ts';
import { balanceOf, type Payment, taxFreeBalanceOf } from './payment.ts';

export interface CancelRequest {
  readonly cancelReason: string;
  /** Absent: everything that is left. */
  readonly cancelAmount?: number | undefined;
  readonly taxFreeAmount?: number | undefined;
  /** A guard: what the caller believes is left. */
  readonly refundableAmount?: number | undefined;
}

export type CancelDecision =
  | { readonly decision: 'cancel'; readonly amount: number; readonly taxFreeAmount: number }
  | { readonly decision: 'refuse'; readonly code: TossErrorCode };

const BETWEEN_CANCELS_MS = 1_000;

/** The order of the checks is the precedence of the refusals; decide-cancel.test.ts is its table. */
export function decideCancel(
  payment: Payment | undefined,
  request: CancelRequest,
  now: Date,
): CancelDecision {
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  if (payment.status === 'CANCELED') return refuse('ALREADY_CANCELED_PAYMENT');
  if (!CANCELABLE.includes(payment.status)) return refuse('NOT_CANCELABLE_PAYMENT');
  if (isTooSoon(payment, now)) return refuse('FORBIDDEN_CONSECUTIVE_REQUEST');
  return decideAmount(payment, request);
}

function decideAmount(payment: Payment, request: CancelRequest): CancelDecision {
  const balance = balanceOf(payment);
  const taxFreeBalance = taxFreeBalanceOf(payment);
  if ((request.refundableAmount ?? balance) !== balance) return refuse('NOT_MATCHES_REFUNDABLE_AMOUNT');
  const amount = request.cancelAmount ?? balance;
  if (amount === 0 || amount > balance) return refuse('NOT_CANCELABLE_AMOUNT');
  if (payment.status === 'WAITING_FOR_DEPOSIT' && amount !== balance) {
    return refuse('NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
  }
  const taxFreeAmount = request.taxFreeAmount ?? (amount === balance ? taxFreeBalance : 0);
  return isWithinTaxParts({ amount, taxFreeAmount, balance, taxFreeBalance })
    ? { decision: 'cancel', amount, taxFreeAmount }
    : refuse('NOT_CANCELABLE_AMOUNT');
}

const CANCELABLE = ['DONE', 'PARTIAL_CANCELED', 'WAITING_FOR_DEPOSIT'];

function isTooSoon(payment: Payment, now: Date): boolean {
  const last = payment.cancels.at(-1);
  return last !== undefined && now.getTime() - last.canceledAt.getTime() < BETWEEN_CANCELS_MS;
}

/** Neither the taxed nor the tax-free part may be cancelled beyond what it has left. */
function isWithinTaxParts(parts: {
  amount: number;
  taxFreeAmount: number;
  balance: number;
  taxFreeBalance: number;
}): boolean {
  const { amount, taxFreeAmount, balance, taxFreeBalance } = parts;
  if (taxFreeAmount > amount || taxFreeAmount > taxFreeBalance) return false;
  return amount - taxFreeAmount <= balance - taxFreeBalance;
}

function refuse(code: TossErrorCode): CancelDecision {
  return { decision: 'refuse', code };
}
