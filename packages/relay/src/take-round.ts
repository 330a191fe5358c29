import type { Batch } from '@jangbu/ledger-core';

export type Delivered = Omit<Batch, 'consumer'>;

/** What of an item is done in this round, and what is left of it for a later one. */
export interface Part<Item> {
  readonly now: Item | undefined;
  readonly rest: Item | undefined;
}

/** Takes up to so many events from batches that wait, of each its fair share, so that one long batch does not hold up the others. */
export function takeRound(batches: readonly Delivered[], limit: number): Part<Delivered>[] {
  const shares = fairShares(
    batches.map(({ events }) => events.length),
    limit,
  );
  return batches.map((batch, index) => splitBatch(batch, shares[index] ?? 0));
}

/** Shares out the limit: who wants less than an equal part gets all of it, and leaves the others more. */
export function fairShares(wanted: readonly number[], limit: number): number[] {
  const shares = wanted.map(() => 0);
  let left = limit;
  const fromSmallest = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  fromSmallest.forEach((index, done) => {
    const share = Math.min(wanted[index] ?? 0, Math.ceil(left / (wanted.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}

/**
 * The first events of a batch, and the rest. A part moves the offset only as far as it is known that nothing before is left out: with a
 * leader's batch, whose events may fill gaps, that is when all of it is applied. Until then the inbox remembers.
 */
function splitBatch(batch: Delivered, count: number): Part<Delivered> {
  const { events, fromOffset, leader } = batch;
  if (count >= events.length) return { now: batch, rest: undefined };
  if (count === 0) return { now: undefined, rest: batch };
  const first = events.slice(0, count);
  const others = events.slice(count);
  if (leader === undefined) {
    const nextOffset = (first.at(-1)?.offset ?? fromOffset - 1n) + 1n;
    return {
      now: { ...batch, events: first, nextOffset },
      rest: { ...batch, events: others, fromOffset: nextOffset },
    };
  }
  return {
    now: {
      ...batch,
      events: first,
      nextOffset: fromOffset,
      leader: { epoch: leader.epoch, gapsNoticed: [], gapsClosed: [] },
    },
    rest: { ...batch, events: others },
  };
}
