import {
  BulkheadRejectedError,
  type IDefaultPolicyContext,
  type IPolicy,
  isTaskCancelledError,
} from 'cockatiel';
import { BreakerRejectedError } from '../breaker/breaker.ts';
import type { Listing, Wanted } from './listing.ts';
import { type PriceSource, PriceSourceError, type PriceSourceName } from './price-source.ts';
import type { RefreshingCache } from './refreshing-cache.ts';

/** Why a source has nothing new to tell. */
export const UNAVAILABLE_REASONS = [
  'source_slow',
  'source_failed',
  'source_paused',
  'source_busy',
  'source_refused',
  'source_limit',
] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** What a source told, and when. */
export interface Offers {
  readonly source: PriceSourceName;
  readonly listings: readonly Listing[];
  readonly asOf: Date;
  /** Null where it is as new as it should be, or a newer answer is on its way. */
  readonly degradedBecause: UnavailableReason | null;
  readonly freshForMs: number;
}

export class SourceUnavailable extends Error {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, options?: ErrorOptions) {
    super(`The price source has no answer: ${reason}.`, options);
    this.name = 'SourceUnavailable';
    this.reason = reason;
  }
}

export interface AskedSource {
  /** @throws SourceUnavailable */
  ask(wanted: Wanted): Promise<Offers>;
}

/** A source behind its policies and its cache: what it told before is told again while it is new enough, or nothing newer is to be had. */
export function askThrough(
  source: PriceSource,
  policy: IPolicy<IDefaultPolicyContext, never>,
  cache: RefreshingCache<readonly Listing[]>,
): AskedSource {
  async function load(wanted: Wanted): Promise<readonly Listing[]> {
    try {
      return await policy.execute(({ signal }) => source.find(wanted, signal));
    } catch (error) {
      throw new SourceUnavailable(reasonOf(error), { cause: error });
    }
  }
  return {
    async ask(wanted) {
      const key = `${wanted.kind} ${wanted.grams ?? ''}`;
      const answer = await cache.get(key, () => load(wanted));
      const { value: listings, asOf, failure } = answer;
      const degradedBecause = failure instanceof SourceUnavailable ? failure.reason : null;
      return { source: source.name, listings, asOf, degradedBecause, freshForMs: cache.freshForMs(answer) };
    },
  };
}

const OF_TROUBLE = { trouble: 'source_failed', refused: 'source_refused', limit: 'source_limit' } as const;

function reasonOf(error: unknown): UnavailableReason {
  if (error instanceof PriceSourceError) return OF_TROUBLE[error.kind];
  if (error instanceof BreakerRejectedError) return 'source_paused';
  if (error instanceof BulkheadRejectedError) return 'source_busy';
  if (isTaskCancelledError(error)) return 'source_slow';
  throw error;
}
