import { describe, expect, it } from '@jest/globals';
import { isDeeperThan } from './read-body.ts';

describe('isDeeperThan', () => {
  it.each([
    ['[[[]]]', false],
    ['[[[[]]]]', true],
    ['{"a":{"b":[1]}}', false],
    ['{"a":{"b":[{}]}}', true],
    ['[[],[],[],[[]]]', false],
    ['"[[[[[["', false],
    ['["\\"[[[[", "\\\\", [[ ]]]', false],
    ['["\\\\", [[[ ]]]]', true],
    ['["김치", [["[["]]]', false],
  ])('of three levels, %s: %s', (json, isDeeper) => {
    expect(isDeeperThan(3, Buffer.from(json))).toBe(isDeeper);
  });
});
