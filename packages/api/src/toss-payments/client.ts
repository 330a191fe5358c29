import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { maskPaymentKey } from '../http/request-log.ts';
import type { ConfirmAnswer, LookUpAnswer, PaymentProvider } from '../payments/payment-provider.ts';
import { backoffMs } from './backoff.ts';
import { type ConfirmRequest, createCalls } from './calls.ts';
import { type ConfirmReading, readConfirmReply, readLookUpReply } from './classify.ts';
import { judgeLookUp, judgePayment, lookUpAnswerOf } from './judge.ts';

export interface TossPaymentsOptions {
  readonly baseUrl: string;
  readonly secretKey: string;
  /** Of one call; 5,000 unless told. */
  readonly timeoutMs?: number;
  /** Of a whole confirm: after it, none is sent again. 12,000 unless told. */
  readonly budgetMs?: number;
  /** How often a confirm is sent at most; 3 unless told. */
  readonly attemptCount?: number;
  /** How many confirms may be under way at once; 256 unless told, and twice as many may wait. */
  readonly slotCount?: number;
  /** How long the breaker stays open; 5,000 unless told. */
  readonly breakerOpenMs?: number;
  readonly clock?: () => Date;
  readonly log?: Pick<Logger, 'warn'>;
}

export interface TossPayments extends PaymentProvider {
  /** Never rejects. What it answers is true of the payment, and not only of the last call. */
  confirm(request: ConfirmRequest): Promise<ConfirmAnswer>;
  /** Never rejects. */
  lookUp(paymentKey: string): Promise<LookUpAnswer>;
  /** Lets go of the connections. */
  close(): void;
}

/**
 * TossPayments' API as payments need it. A confirm that is not clearly answered is looked up before anything else, and sent again,
 * with the same idempotency key, only where the provider says that it waits for one.
 */
export function tossPaymentsClient(options: TossPaymentsOptions): TossPayments {
  const { timeoutMs = 5_000, budgetMs = 12_000, attemptCount = 3, clock = () => new Date(), log } = options;
  const calls = createCalls({ slotCount: 256, breakerOpenMs: 5_000, ...options });

  async function confirm(request: ConfirmRequest): Promise<ConfirmAnswer> {
    const deadline = performance.now() + budgetMs;
    let mayHaveHappened = false;
    for (let attempt = 1; attempt <= attemptCount; attempt++) {
      if (attempt > 1) await delay(backoffMs(attempt - 1, Math.random()));
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) break;
      const step = await confirmOnce(request, Math.min(timeoutMs, leftMs));
      if ('answer' in step) return step.answer;
      mayHaveHappened ||= step.mayHaveHappened;
      if (!step.isWorthRetrying) break;
    }
    return { outcome: mayHaveHappened ? 'unknown' : 'not_sent' };
  }

  async function confirmOnce(request: ConfirmRequest, callMs: number): Promise<Step> {
    const reading = readConfirmReply(await calls.confirm(request, callMs));
    warnOf(reading, request.paymentKey);
    switch (reading.means) {
      case 'payment':
        return { answer: judgePayment(reading.payment, request, clock()) ?? { outcome: 'unknown' } };
      case 'refused':
        return { answer: { outcome: 'refused', refusal: reading.refusal } };
      case 'not_done':
        return { mayHaveHappened: false, isWorthRetrying: reading.isWorthRetrying };
      case 'unclear':
        return (await lookUpFor(request)) ?? { mayHaveHappened: true, isWorthRetrying: true };
      case 'doubtful':
        return (await lookUpFor(request)) ?? { answer: { outcome: 'refused', refusal: reading.refusal } };
    }
  }

  /** Undefined where the provider still waits for a confirm. */
  async function lookUpFor(request: ConfirmRequest): Promise<Step | undefined> {
    const looked = readLookUpReply(await calls.lookUp(request.paymentKey, timeoutMs));
    const answer = judgeLookUp(looked, request, clock());
    return answer === undefined ? undefined : { answer };
  }

  function warnOf(reading: ConfirmReading, paymentKey: string): void {
    if (reading.means === 'payment' || reading.means === 'refused') return;
    const reason = reading.means === 'doubtful' ? reading.refusal.code : reading.reason;
    log?.warn({ paymentKey: maskPaymentKey(paymentKey), reason }, `A confirm was ${reading.means}`);
  }

  return {
    confirm,
    async lookUp(paymentKey) {
      const looked = readLookUpReply(await calls.lookUp(paymentKey, timeoutMs));
      if (looked.means === 'unclear') {
        log?.warn({ paymentKey: maskPaymentKey(paymentKey), reason: looked.reason }, 'A look-up was unclear');
      }
      return lookUpAnswerOf(looked, clock());
    },
    close: calls.close,
  };
}

/** What one sending of a confirm came to. */
type Step =
  | { readonly answer: ConfirmAnswer }
  | { readonly mayHaveHappened: boolean; readonly isWorthRetrying: boolean };
