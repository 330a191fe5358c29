import { describe, expect, it } from '@jest/globals';
import { MOST_ATTEMPTS, pauseMs, waitMs } from './retry.ts';

describe('the attempts of a delivery', () => {
  it('go on for more than a day, ever more rarely, and then end', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => waitMs(index + 1, 0) ?? 0);
    const sum = waits.reduce((total, wait) => total + wait, 0);
    expect(sum).toBeGreaterThan(24 * 3_600_000);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waitMs(MOST_ATTEMPTS, 0)).toBeUndefined();
  });

  it('are spread, so that what failed together does not come back together', () => {
    expect([0, 0.5, 1].map((random) => waitMs(1, random))).toEqual([5_000, 5_500, 6_000]);
  });
});

describe('the pause of an endpoint that fails', () => {
  it('doubles from a second to five minutes', () => {
    expect([1, 2, 3, 9, 10, 1_000].map(pauseMs)).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
  });
});
