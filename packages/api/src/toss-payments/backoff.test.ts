import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('the wait before another try', () => {
  it('doubles up to a second', () => {
    expect([1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 0))).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
  });

  it('spreads over the upper half', () => {
    expect(backoffMs(1, 0.5)).toBe(75);
    expect(backoffMs(1, 1)).toBe(50);
  });
});
