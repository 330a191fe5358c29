import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { isTrouble, type Reply } from './reply.ts';

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
}

/** Of the last 50 calls, and from the 20th on, half may be in trouble: a payment is worth more tries than a price. */
const WINDOW = { size: 50, minimumNumberOfCalls: 20, threshold: 0.5 };

/** A bulkhead before a breaker, so that what the bulkhead turns away does not count as the provider's trouble. */
export function createGuard({ slotCount, queueCount, openMs }: GuardOptions): Guard {
  const slots = bulkhead(slotCount, queueCount);
  const breaker = circuitBreaker(
    handleWhenResult((reply) => isTrouble(reply as Reply)),
    { breaker: new CountBreaker(WINDOW), halfOpenAfter: openMs },
  );
  return {
    async run(call) {
      try {
        return await slots.execute(() => {
          // cockatiel lets callers wait for the one that tries; here they are told at once.
          if (breaker.state === CircuitState.HalfOpen) return blocked('breaker half-open');
          return breaker.execute(call);
        });
      } catch (error) {
        if (error instanceof BrokenCircuitError) return blocked('breaker open');
        if (error instanceof BulkheadRejectedError) return blocked('bulkhead full');
        throw error;
      }
    },
  };
}

function blocked(reason: string): Reply {
  return { got: 'not_sent', reason, isBlocked: true };
}
