import type { ConfirmAnswer, LookUpAnswer } from '../payments/payment-provider.ts';
import type { LookUpReading } from './classify.ts';
import {
  approvalOf,
  type Expected,
  hasCancels,
  isAsExpected,
  MISMATCH,
  refusalOfDead,
  standingOf,
  type TossPayment,
} from './read-payment.ts';

/**
 * What a payment, as the provider shows it, answers to a confirm of what is expected. Undefined where it still waits for a confirm.
 * One that was approved for another order or amount is never an approval of this one.
 */
export function judgePayment(payment: TossPayment, expected: Expected, now: Date): ConfirmAnswer | undefined {
  switch (standingOf(payment)) {
    case 'approved':
      return isAsExpected(payment, expected)
        ? { outcome: 'approved', approval: approvalOf(payment, now) }
        : { outcome: 'refused', refusal: MISMATCH };
    case 'dead':
      return { outcome: 'refused', refusal: refusalOfDead(payment) };
    case 'unconfirmed':
      return undefined;
    case 'waiting':
      return { outcome: 'unknown' };
  }
}

/** The same by a look-up after a confirm. That the provider has no such payment is for the confirm to say. */
export function judgeLookUp(looked: LookUpReading, expected: Expected, now: Date): ConfirmAnswer | undefined {
  switch (looked.means) {
    case 'payment':
      return judgePayment(looked.payment, expected, now);
    case 'none':
      return undefined;
    case 'unclear':
      return { outcome: 'unknown' };
  }
}

export function lookUpAnswerOf(looked: LookUpReading, now: Date): LookUpAnswer {
  if (looked.means === 'none') return { outcome: 'refused', refusal: looked.refusal };
  if (looked.means === 'unclear') return { outcome: 'unknown' };
  const { payment } = looked;
  const { orderId, totalAmount: amount } = payment;
  switch (standingOf(payment)) {
    case 'approved':
      return {
        outcome: 'approved',
        approval: approvalOf(payment, now),
        hasCancels: hasCancels(payment),
        orderId,
        amount,
      };
    case 'dead':
      return { outcome: 'refused', refusal: refusalOfDead(payment) };
    case 'unconfirmed':
      return { outcome: 'unconfirmed' };
    case 'waiting':
      return { outcome: 'unknown' };
  }
}
