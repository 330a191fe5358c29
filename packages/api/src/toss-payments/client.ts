import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { maskPaymentKey } from '../http/request-log.ts';
import type { ConfirmAnswer, LookUpAnswer, PaymentProvider } from '../payments/payment-provider.ts';
import { backoffMs } from './backoff.ts';
import { type Calls, type ConfirmRequest, createCalls } from './calls.ts';
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
  readonly breakers: Calls['breakers'];
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
    let step = await confirmOnce(request, Math.min(timeoutMs, budgetMs));
    for (let attempt = 1; step.isWorthRetrying && attempt < attemptCount; attempt++) {
      await delay(backoffMs(attempt, Math.random()));
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) break;
      step = afterwards(step, await confirmOnce(request, Math.min(timeoutMs, leftMs)));
    }
    return step.answer;
  }

  async function confirmOnce(request: ConfirmRequest, callMs: number): Promise<Step> {
    const reading = readConfirmReply(await calls.confirm(request, callMs));
    warnOf(reading, request.paymentKey);
    switch (reading.means) {
      case 'payment':
        return final(judgePayment(reading.payment, request, clock()) ?? { outcome: 'unknown' });
      case 'refused':
        return final({ outcome: 'refused', refusal: reading.refusal });
      case 'not_done':
        return { answer: { outcome: 'not_sent' }, isWorthRetrying: reading.isWorthRetrying };
      case 'unclear':
        return (await lookUpFor(request)) ?? { answer: { outcome: 'unknown' }, isWorthRetrying: true };
      case 'doubtful':
        return (await lookUpFor(request)) ?? final({ outcome: 'refused', refusal: reading.refusal });
    }
  }

  /** Undefined where the provider still waits for a confirm. */
  async function lookUpFor(request: ConfirmRequest): Promise<Step | undefined> {
    const looked = readLookUpReply(await calls.lookUp(request.paymentKey, timeoutMs));
    const answer = judgeLookUp(looked, request, clock());
    return answer === undefined ? undefined : final(answer);
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
    breakers: calls.breakers,
    close: calls.close,
  };
}

/** What a confirm has come to so far. */
interface Step {
  readonly answer: ConfirmAnswer;
  readonly isWorthRetrying: boolean;
}

function final(answer: ConfirmAnswer): Step {
  return { answer, isWorthRetrying: false };
}

/** That the last sending did not get out says nothing of the one before, which may have got through. */
function afterwards(before: Step, last: Step): Step {
  const isOpen = before.answer.outcome === 'unknown' && last.answer.outcome === 'not_sent';
  return isOpen ? { ...last, answer: before.answer } : last;
}
