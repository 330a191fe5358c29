/** How many events a transaction takes at most, and how long it should take. */
export interface BatchLimits {
  /** Events in one transaction at most. Default {@link MOST_AT_ONCE}. */
  readonly most?: number;
  /** How long a transaction should take at most, in ms: its locks are held as long. Default 250. */
  readonly targetMs?: number;
}

/** More would make a transaction longer, and hardly cheaper by the event. */
export const MOST_AT_ONCE = 500;
const FIRST = 100;
const TARGET_MS = 250;

/** Finds the number of events by which a transaction takes the time that it should. */
export interface BatchSizer {
  /** How many events the next transaction may take; from 1 to the most. */
  size(): number;
  /** Told of each transaction: how many events it took, and how long. */
  applied(events: number, tookMs: number): void;
}

/**
 * Shrinks in proportion to how much too long a transaction took, at once; grows by half where one that was full took less than half
 * of its time. What is between the two is left alone, so that the size does not swing; and a transaction that was not full says
 * nothing of a larger one.
 */
export function createBatchSizer({
  most = MOST_AT_ONCE,
  targetMs = TARGET_MS,
}: BatchLimits = {}): BatchSizer {
  if (!Number.isInteger(most) || most < 1 || !(targetMs > 0))
    throw new Error('A batch takes at least one event, and some time.');
  let size = Math.min(FIRST, most);
  return {
    size: () => size,
    applied(events, tookMs) {
      if (events === 0) return;
      if (tookMs > targetMs) size = Math.max(1, Math.min(size, Math.floor((events * targetMs) / tookMs)));
      else if (events >= size && tookMs < targetMs / 2) size = Math.min(most, size + Math.ceil(size / 2));
    },
  };
}
