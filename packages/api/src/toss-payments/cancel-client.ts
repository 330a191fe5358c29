import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Breaker } from '../breaker/breaker.ts';
import type {
  CancelAnswer,
  CancelProvider,
  CancelsAnswer,
  CancelToSend,
} from '../cancels/cancel-provider.ts';
import { maskPaymentKey } from '../http/request-log.ts';
import { httpCaller } from '../outgoing/http-caller.ts';
import type { Reply } from '../outgoing/reply.ts';
import type { Refusal } from '../payments/payment-provider.ts';
import { authorizationOf } from './authorization.ts';
import { type CancelReading, readCancelReply } from './classify-cancel.ts';
import { createGuard } from './guard.ts';
import {
  type CancellablePayment,
  readCancels,
  standingOfCancel,
  taxFreeWithin,
  toProviderCancel,
} from './read-cancels.ts';

export interface TossCancelsOptions {
  readonly baseUrl: string;
  readonly secretKey: string;
  /** Of one call; 5,000 unless told. */
  readonly timeoutMs?: number;
  /** How often a cancel is sent at most; 3 unless told. */
  readonly attemptCount?: number;
  /** Between two sendings. The provider takes one cancel a second for a payment, so 1,100 unless told. */
  readonly pauseMs?: number;
  readonly log?: Pick<Logger, 'warn'>;
}

/** Nothing of it rejects. */
export interface TossCancels extends CancelProvider {
  readonly breakers: { readonly cancels: Breaker; readonly lookUps: Breaker };
  close(): void;
}

/** Refunds come in dozens where payments come in hundreds, over connections of their own: neither holds up the other. */
const SLOTS = { slotCount: 16, queueCount: 64, openMs: 5_000 };

export function tossCancelClient(options: TossCancelsOptions): TossCancels {
  const { timeoutMs = 5_000, attemptCount = 3, pauseMs = 1_100, log } = options;
  const http = openConnections(options);
  const cancelGuard = createGuard(SLOTS);
  const lookUpGuard = createGuard(SLOTS);

  async function cancel(asked: CancelToSend): Promise<CancelAnswer> {
    const request = await withinTax(asked);
    if (request === undefined) return { outcome: 'not_sent' };
    let sending: Sending = { keySuffix: '', mayHaveHappened: false };
    for (let attempt = 1; attempt <= attemptCount; attempt++) {
      if (attempt > 1) await delay(pauseMs);
      const step = await cancelOnce(request, sending, attempt);
      if ('answer' in step) return step.answer;
      sending = step;
    }
    return sending.mayHaveHappened ? { outcome: 'unknown' } : { outcome: 'not_sent' };
  }

  /** Undefined where the provider does not say what of the payment bears no VAT. */
  async function withinTax(request: CancelToSend): Promise<CancelToSend | undefined> {
    const { cancelAmount, taxFreeAmount: wanted } = request;
    if (wanted === undefined || cancelAmount === undefined) return request;
    const payment = await lookUp(request.paymentKey);
    return payment && { ...request, taxFreeAmount: taxFreeWithin(payment, cancelAmount, wanted) };
  }

  async function cancelOnce(request: CancelToSend, sending: Sending, attempt: number): Promise<Step> {
    const reading = readCancelReply(await send(request, sending.keySuffix));
    warnOf(reading, request);
    switch (reading.means) {
      case 'payment':
        return answerOf(reading.payment, request) ?? UNKNOWN;
      case 'refused':
        return { answer: { outcome: 'refused', refusal: reading.refusal } };
      case 'not_done':
        return reading.isWorthRetrying || sending.mayHaveHappened ? sending : NOT_SENT;
      // The provider gives a key's first answer for 15 days, errors too, so after an answer only another key can get another one.
      // That the balance must be what it was keeps the two from refunding twice.
      case 'unclear-answer':
        return lookUpFor(request, { keySuffix: `:${attempt + 1}`, mayHaveHappened: true });
      case 'unclear':
        return lookUpFor(request, { ...sending, mayHaveHappened: true });
    }
  }

  /** Goes on with `next` where the payment is as it was before the cancel. */
  async function lookUpFor(request: CancelToSend, next: Sending): Promise<Step> {
    const payment = await lookUp(request.paymentKey);
    return payment === undefined ? UNKNOWN : (answerOf(payment, request) ?? next);
  }

  function send(request: CancelToSend, keySuffix: string): Promise<Reply> {
    return cancelGuard.run(() =>
      http.send({
        method: 'POST',
        path: `/v1/payments/${encodeURIComponent(request.paymentKey)}/cancel`,
        headers: { 'idempotency-key': request.idempotencyKey + keySuffix },
        body: cancelBody(request),
        timeoutMs,
      }),
    );
  }

  async function lookUp(paymentKey: string): Promise<CancellablePayment | undefined> {
    const path = `/v1/payments/${encodeURIComponent(paymentKey)}`;
    const reply = await lookUpGuard.run(() => http.send({ method: 'GET', path, timeoutMs }));
    return reply.got === 'answer' && reply.status === 200 ? readCancels(reply.body) : undefined;
  }

  function warnOf(reading: CancelReading, { paymentKey }: CancelToSend): void {
    if (reading.means === 'payment' || reading.means === 'refused') return;
    const reason = reading.means === 'unclear-answer' ? reading.refusal.code : reading.reason;
    log?.warn({ paymentKey: maskPaymentKey(paymentKey), reason }, `A cancel was ${reading.means}`);
  }

  async function lookUpCancels(paymentKey: string): Promise<CancelsAnswer> {
    const payment = await lookUp(paymentKey);
    return payment === undefined
      ? { outcome: 'unknown' }
      : { outcome: 'found', cancels: payment.cancels.map(toProviderCancel) };
  }

  const breakers = { cancels: cancelGuard.breaker, lookUps: lookUpGuard.breaker };
  return { cancel, lookUpCancels, breakers, close: http.close };
}

function openConnections({ baseUrl, secretKey }: TossCancelsOptions) {
  const headers = { authorization: authorizationOf(secretKey) };
  return httpCaller({ baseUrl, headers, maxConnectionCount: SLOTS.slotCount * 2 });
}

interface Sending {
  readonly keySuffix: string;
  readonly mayHaveHappened: boolean;
}

type Answered = { readonly answer: CancelAnswer };
type Step = Answered | Sending;

const NOT_SENT: Answered = { answer: { outcome: 'not_sent' } };
const UNKNOWN: Answered = { answer: { outcome: 'unknown' } };

/** Undefined where the payment is as it was before the cancel. */
function answerOf(payment: CancellablePayment, request: CancelToSend): Answered | undefined {
  const { refundableAmount, cancelAmount = refundableAmount } = request;
  const standing = standingOfCancel(payment, { refundableAmount, cancelAmount });
  switch (standing.stands) {
    case 'done': {
      const { transactionKey, canceledAt, refundableAmount: left } = standing.row;
      const at = new Date(canceledAt);
      return {
        answer: {
          outcome: 'canceled',
          transactionKey,
          canceledAt: at,
          amount: cancelAmount,
          refundableAmount: left,
        },
      };
    }
    case 'overtaken':
      return { answer: { outcome: 'refused', refusal: OVERTAKEN } };
    case 'in-progress':
      return UNKNOWN;
    case 'not-yet':
      return undefined;
  }
}

const OVERTAKEN: Refusal = {
  code: 'NOT_MATCHES_REFUNDABLE_AMOUNT',
  message: '잔액 결과가 일치하지 않습니다.',
};

/** Written by hand because JSON has no bigint, and the amounts are to arrive to the won. */
function cancelBody({ cancelReason, cancelAmount, taxFreeAmount, refundableAmount }: CancelToSend): string {
  const reason = JSON.stringify(cancelReason);
  const amount = cancelAmount === undefined ? '' : `,"cancelAmount":${cancelAmount}`;
  const taxFree = taxFreeAmount === undefined ? '' : `,"taxFreeAmount":${taxFreeAmount}`;
  return `{"cancelReason":${reason}${amount}${taxFree},"refundableAmount":${refundableAmount}}`;
}
