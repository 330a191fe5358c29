import { describe, expect, it } from '@jest/globals';
import { isTrouble } from './reply.ts';

describe("what counts as the provider's trouble", () => {
  it.each([
    [200, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [409, false],
    [429, true],
    [500, true],
    [503, true],
  ])('answers %i: %s', (status, expected) => {
    expect(isTrouble({ got: 'answer', status, body: undefined })).toBe(expected);
  });

  it('counts silence and a refused connection, and not what was held back', () => {
    expect(isTrouble({ got: 'nothing', reason: 'time-out' })).toBe(true);
    expect(isTrouble({ got: 'not_sent', reason: 'ECONNREFUSED', isBlocked: false })).toBe(true);
    expect(isTrouble({ got: 'not_sent', reason: 'breaker open', isBlocked: true })).toBe(false);
  });
});
