import { BulkheadRejectedError, bulkhead, handleWhenResult, wrap } from 'cockatiel';
import { type Breaker, BreakerRejectedError, slidingWindowBreaker } from '../breaker/breaker.ts';
import { isTrouble, type Reply } from '../outgoing/reply.ts';

export interface GuardOptions {
  /** How many calls may be under way at once, and how many may wait for one to end. */
  readonly slotCount: number;
  readonly queueCount: number;
  /** How long the breaker stays open. */
  readonly openMs: number;
}

export interface Guard {
  /** Lets the call through, or answers `not_sent` and `isBlocked` at once. */
  run(call: () => Promise<Reply>): Promise<Reply>;
  readonly breaker: Breaker;
}

/**
 * Of the last 50 calls, and from the 20th on, half may be in trouble: a payment is worth more tries than a price. 51 % of at most 50
 * calls is reached by the first call beyond half. However slow it is, an answer to a payment is one; one call finds out whether
 * the provider is back.
 */
const SETTINGS = {
  windowSize: 50,
  minimumCallCount: 20,
  failureRatePercent: 51,
  slowCallMs: Number.POSITIVE_INFINITY,
  halfOpenCallCount: 1,
};

/** A bulkhead before a breaker, so that what the bulkhead turns away does not count as the provider's trouble. */
export function createGuard({ slotCount, queueCount, openMs }: GuardOptions): Guard {
  const isFailure = handleWhenResult((reply) => isTrouble(reply as Reply));
  const breaker = slidingWindowBreaker(isFailure, { ...SETTINGS, openMs });
  const guarded = wrap(bulkhead(slotCount, queueCount), breaker);
  return {
    breaker,
    async run(call) {
      try {
        return await guarded.execute(call);
      } catch (error) {
        if (error instanceof BreakerRejectedError) return blocked(`breaker ${error.state}`);
        if (error instanceof BulkheadRejectedError) return blocked('bulkhead full');
        throw error;
      }
    },
  };
}

function blocked(reason: string): Reply {
  return { got: 'not_sent', reason, isBlocked: true };
}
