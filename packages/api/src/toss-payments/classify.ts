import { z } from 'zod';
import type { Reply } from '../outgoing/reply.ts';
import type { Refusal } from '../payments/payment-provider.ts';
import { readPayment, type TossPayment } from './read-payment.ts';

/** What one reply to a confirm says. */
export type ConfirmReading =
  | { readonly means: 'payment'; readonly payment: TossPayment }
  /** A documented and final no. */
  | { readonly means: 'refused'; readonly refusal: Refusal }
  /** A no that is not documented: it holds when a look-up does not say otherwise. */
  | { readonly means: 'doubtful'; readonly refusal: Refusal }
  /** It may or may not have happened: look it up before anything else. */
  | { readonly means: 'unclear'; readonly reason: string }
  /** It has not happened, for a reason that lies with us or the way there. */
  | { readonly means: 'not_done'; readonly reason: string; readonly isWorthRetrying: boolean };

type Meaning = 'refused' | 'unclear' | 'ours';

/** TossPayments' errors of a confirm that are not 5xx, which are always unclear. classify.test.ts goes through all of them. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ALREADY_PROCESSED_PAYMENT: 'unclear',
  PROVIDER_ERROR: 'unclear',
  IDEMPOTENT_REQUEST_PROCESSING: 'unclear',
  FORBIDDEN_CONSECUTIVE_REQUEST: 'unclear',
  INVALID_REQUEST: 'refused',
  REJECT_CARD_PAYMENT: 'refused',
  REJECT_CARD_COMPANY: 'refused',
  FORBIDDEN_REQUEST: 'refused',
  NOT_FOUND_PAYMENT: 'refused',
  NOT_FOUND_PAYMENT_SESSION: 'refused',
  // The provider did not let us in, so it did nothing. The buyer's payment is not to pay for our configuration.
  INVALID_API_KEY: 'ours',
  UNAUTHORIZED_KEY: 'ours',
  INCORRECT_BASIC_AUTH_FORMAT: 'ours',
  INVALID_IDEMPOTENCY_KEY: 'ours',
};

export function readConfirmReply(reply: Reply): ConfirmReading {
  switch (reply.got) {
    case 'not_sent':
      return { means: 'not_done', reason: reply.reason, isWorthRetrying: !reply.isBlocked };
    case 'nothing':
      return { means: 'unclear', reason: reply.reason };
    case 'answer':
      return reply.status === 200 ? readApproval(reply.body) : readError(reply.status, reply.body);
  }
}

function readApproval(body: unknown): ConfirmReading {
  const payment = readPayment(body);
  return payment === undefined
    ? { means: 'unclear', reason: 'unreadable answer' }
    : { means: 'payment', payment };
}

function readError(status: number, body: unknown): ConfirmReading {
  const error = errorSchema.safeParse(body).data;
  const reason = `${status} ${error?.code ?? 'without a code'}`;
  // A time-out, too many requests and whatever is not a no of the provider itself come from something in between.
  const isProviders = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (error === undefined || !isProviders) return { means: 'unclear', reason };
  switch (meaningOf(error.code)) {
    case 'refused':
      return { means: 'refused', refusal: error };
    case 'unclear':
      return { means: 'unclear', reason };
    case 'ours':
      return { means: 'not_done', reason, isWorthRetrying: false };
    case undefined:
      return { means: 'doubtful', refusal: error };
  }
}

/** What one reply to a look-up says. */
export type LookUpReading =
  | { readonly means: 'payment'; readonly payment: TossPayment }
  /** The provider has no such payment. */
  | { readonly means: 'none'; readonly refusal: Refusal }
  | { readonly means: 'unclear'; readonly reason: string };

export function readLookUpReply(reply: Reply): LookUpReading {
  if (reply.got !== 'answer') return { means: 'unclear', reason: reply.reason };
  const { status, body } = reply;
  const payment = status === 200 ? readPayment(body) : undefined;
  if (payment !== undefined) return { means: 'payment', payment };
  const error = errorSchema.safeParse(body).data;
  if (status === 404 && error?.code === 'NOT_FOUND_PAYMENT') return { means: 'none', refusal: error };
  return { means: 'unclear', reason: `${status} ${error?.code ?? 'without a code'}` };
}

const errorSchema = z.object({ code: z.string().min(1).max(100), message: z.string().catch('') });

function meaningOf(code: string): Meaning | undefined {
  return Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
}
