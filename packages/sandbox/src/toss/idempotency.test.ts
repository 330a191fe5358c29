import { describe, expect, it } from '@jest/globals';
import { decideIdempotency, KEPT_MS } from './idempotency.ts';
import { RememberedRequests } from './remembered-requests.ts';

const firstUsedAt = new Date('2026-03-01T00:00:00Z');
const later = (ms: number) => new Date(firstUsedAt.getTime() + ms);

describe('decideIdempotency', () => {
  it.each([
    [
      'a key of 301 characters',
      'k'.repeat(301),
      undefined,
      0,
      { decision: 'refuse', code: 'INVALID_IDEMPOTENCY_KEY' },
    ],
    ['a key of 300 characters', 'k'.repeat(300), undefined, 0, { decision: 'process' }],
    [
      'a request under way',
      'k',
      { firstUsedAt },
      1,
      { decision: 'refuse', code: 'IDEMPOTENT_REQUEST_PROCESSING' },
    ],
    [
      'an answer of 15 days less a moment',
      'k',
      { firstUsedAt, answer: 'a' },
      KEPT_MS - 1,
      { decision: 'replay', answer: 'a' },
    ],
    ['an answer of 15 days', 'k', { firstUsedAt, answer: 'a' }, KEPT_MS, { decision: 'process' }],
  ])('decides on %s', (_, key, remembered, ageMs, decision) => {
    expect(decideIdempotency(key, remembered, later(ageMs))).toEqual(decision);
  });
});

describe('RememberedRequests', () => {
  it('gives back what was answered, and nothing of what was forgotten', () => {
    const remembered = new RememberedRequests<string>(10);
    remembered.begin('a', firstUsedAt);
    expect(remembered.find('a')).toEqual({ firstUsedAt });
    remembered.finish('a', 'answer');
    expect(remembered.find('a')).toEqual({ firstUsedAt, answer: 'answer' });
    remembered.forget('a');
    expect(remembered.find('a')).toBeUndefined();
  });

  it('lets go of what has lapsed when something new comes', () => {
    const remembered = new RememberedRequests<string>(10);
    remembered.begin('old', firstUsedAt);
    remembered.begin('newer', later(1));
    remembered.begin('new', later(KEPT_MS));
    expect(remembered.find('old')).toBeUndefined();
    expect(remembered.size).toBe(2);
  });

  it('never holds more than it was given room for', () => {
    const remembered = new RememberedRequests<string>(3);
    for (let index = 0; index < 10; index++) remembered.begin(`key-${index}`, later(index));
    expect(remembered.size).toBe(3);
    expect(remembered.find('key-7')).toBeDefined();
  });

  it('begins anew under a key that has lapsed', () => {
    const remembered = new RememberedRequests<string>(10);
    remembered.begin('a', firstUsedAt);
    remembered.finish('a', 'first');
    remembered.begin('a', later(KEPT_MS));
    expect(remembered.find('a')).toEqual({ firstUsedAt: later(KEPT_MS) });
  });
});
