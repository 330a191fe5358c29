import type { ApiError } from './api-error.ts';

export interface Patience {
  readonly retries: number;
  readonly longestPauseMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const FIRST_PAUSE_MS = 500;
/** So that those who were told the same do not all come back at once. */
const SPREAD_MS = 250;
/** From the API or from what stands before it: it was not carried out, or nobody knows. */
const PASSING_STATUSES: readonly number[] = [502, 503, 504];

/** How long to wait before the same request is sent again; undefined where it is not. */
export function pauseBefore(
  sent: number,
  error: ApiError,
  { isRepeatable }: { readonly isRepeatable: boolean },
  { retries, longestPauseMs, random }: Patience,
): number | undefined {
  if (sent > retries || !mayPass(error, isRepeatable)) return undefined;
  if (error.retryAfterMs === undefined) {
    // At least half of it, and twice as much from time to time.
    return Math.min(longestPauseMs, FIRST_PAUSE_MS * 2 ** (sent - 1)) * (0.5 + random() / 2);
  }
  return error.retryAfterMs > longestPauseMs ? undefined : error.retryAfterMs + random() * SPREAD_MS;
}

function mayPass({ code, status }: ApiError, isRepeatable: boolean): boolean {
  // Whoever comes too often was turned away before anything was done.
  if (status === 429) return true;
  if (!isRepeatable) return false;
  // The first attempt, whose answer was lost, may be under way yet: its answer is to be had in a moment.
  return code === 'unreachable' || code === 'idempotency_in_flight' || PASSING_STATUSES.includes(status);
}
