import { describe, expect, it } from '@jest/globals';
import { createBatchSizer } from './batch-size.ts';

/** Applies full batches of events that cost so much each, and a round trip of 5 ms. */
function settle(sizer: ReturnType<typeof createBatchSizer>, msPerEvent: number, rounds = 20): number[] {
  return Array.from({ length: rounds }, () => {
    const size = sizer.size();
    sizer.applied(size, 5 + size * msPerEvent);
    return size;
  });
}

describe('createBatchSizer', () => {
  it('grows to the most where events are cheap', () => {
    expect(settle(createBatchSizer({ most: 500 }), 0.1).at(-1)).toBe(500);
  });

  it('finds a size that takes no longer than the target where they are dear', () => {
    const sizes = settle(createBatchSizer({ targetMs: 200 }), 10);
    expect(sizes[0]).toBe(100);
    expect(sizes[1]).toBeLessThanOrEqual(20);
    const last = sizes.at(-1) ?? 0;
    expect(5 + last * 10).toBeLessThanOrEqual(200);
    expect(last).toBeGreaterThanOrEqual(9);
    expect(new Set(sizes.slice(-5)).size).toBe(1);
  });

  it('goes down to one event and no further, and comes back when the trouble is over', () => {
    const sizer = createBatchSizer();
    expect(settle(sizer, 10_000).at(-1)).toBe(1);
    expect(settle(sizer, 0.1).at(-1)).toBe(500);
  });

  it('learns nothing of larger batches from one that was not full', () => {
    const sizer = createBatchSizer();
    for (let round = 0; round < 10; round++) sizer.applied(3, 1);
    sizer.applied(0, 10_000);
    expect(sizer.size()).toBe(100);
  });

  it('refuses limits that let nothing through', () => {
    expect(() => createBatchSizer({ most: 0 })).toThrow();
    expect(() => createBatchSizer({ targetMs: 0 })).toThrow();
  });
});
