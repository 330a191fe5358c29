import { z } from 'zod';
import type { Reply } from '../outgoing/reply.ts';
import type { Refusal } from '../payments/payment-provider.ts';
import { type CancellablePayment, readCancels } from './read-cancels.ts';

/** What one reply to a cancel says. */
export type CancelReading =
  | { readonly means: 'payment'; readonly payment: CancellablePayment }
  /** A documented and final no. */
  | { readonly means: 'refused'; readonly refusal: Refusal }
  /** The provider answered, and it is not clear what it did: its answer is the key's answer from now on. */
  | { readonly means: 'unclear-answer'; readonly refusal: Refusal }
  /** It may or may not have happened. */
  | { readonly means: 'unclear'; readonly reason: string }
  | { readonly means: 'not_done'; readonly reason: string; readonly isWorthRetrying: boolean };

type Meaning = 'refused' | 'unclear' | 'ours';

/** TossPayments' errors of a cancel that are not 5xx, which are always unclear. classify-cancel.test.ts goes through all of them. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  INVALID_REQUEST: 'refused',
  NOT_FOUND_PAYMENT: 'refused',
  NOT_CANCELABLE_AMOUNT: 'refused',
  NOT_CANCELABLE_PAYMENT: 'refused',
  NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER: 'refused',
  NOT_ALLOWED_PARTIAL_REFUND: 'refused',
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: 'refused',
  INVALID_REFUND_ACCOUNT_INFO: 'refused',
  INVALID_REFUND_ACCOUNT_NUMBER: 'refused',
  INVALID_BANK: 'refused',
  EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: 'refused',
  EXCEED_CANCEL_LIMIT: 'refused',
  EXCEED_MAX_REFUND_DUE: 'refused',
  REFUND_REJECTED: 'refused',
  FORBIDDEN_BANK_REFUND_REQUEST: 'refused',
  FORBIDDEN_REQUEST: 'refused',
  // These may be said of a payment that this very cancel changed, when an earlier sending of it got through.
  ALREADY_CANCELED_PAYMENT: 'unclear',
  ALREADY_REFUND_PAYMENT: 'unclear',
  NOT_MATCHES_REFUNDABLE_AMOUNT: 'unclear',
  PROVIDER_ERROR: 'unclear',
  FORBIDDEN_CONSECUTIVE_REQUEST: 'unclear',
  NOT_AVAILABLE_BANK: 'unclear',
  INVALID_API_KEY: 'ours',
  UNAUTHORIZED_KEY: 'ours',
  INCORRECT_BASIC_AUTH_FORMAT: 'ours',
  INVALID_IDEMPOTENCY_KEY: 'ours',
};

const errorSchema = z.object({ code: z.string().min(1).max(100), message: z.string().catch('') });

export function readCancelReply(reply: Reply): CancelReading {
  if (reply.got === 'not_sent') {
    return { means: 'not_done', reason: reply.reason, isWorthRetrying: !reply.isBlocked };
  }
  if (reply.got === 'nothing') return { means: 'unclear', reason: reply.reason };
  if (reply.status !== 200) return readError(reply.status, reply.body);
  const payment = readCancels(reply.body);
  return payment === undefined
    ? { means: 'unclear', reason: 'unreadable answer' }
    : { means: 'payment', payment };
}

function readError(status: number, body: unknown): CancelReading {
  const refusal = errorSchema.safeParse(body).data;
  if (refusal === undefined) return { means: 'unclear', reason: `${status} without a code` };
  const isProvidersNo = status >= 400 && status < 500 && status !== 408 && status !== 429;
  const meaning = isProvidersNo && Object.hasOwn(MEANINGS, refusal.code) ? MEANINGS[refusal.code] : 'unclear';
  if (meaning === 'refused') return { means: 'refused', refusal };
  if (meaning === 'ours') return { means: 'not_done', reason: refusal.code, isWorthRetrying: false };
  // It is the one error that is not the key's answer: the first request under the key is still under way.
  const isUnderWay = refusal.code === 'IDEMPOTENT_REQUEST_PROCESSING';
  return isUnderWay ? { means: 'unclear', reason: refusal.code } : { means: 'unclear-answer', refusal };
}
