import { describe, expect, it } from '@jest/globals';
import { missingBetween } from './gaps.ts';

describe('missingBetween', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [1n, [1n, 2n, 3n], []],
    [1n, [3n], [1n, 2n]],
    [5n, [5n, 8n], [6n, 7n]],
    [5n, [], []],
  ])('from %s with %s present misses %s', (from, present, missing) => {
    expect(missingBetween(from, present)).toEqual(missing);
  });
});
