import { describe, expect, it } from '@jest/globals';
import { assertSameRequest, fingerprintOf, readIdempotencyKey } from './key.ts';

describe('fingerprintOf', () => {
  it('does not mind the order of fields', () => {
    expect(fingerprintOf({ a: 1, b: { c: 2, d: 3 } })).toEqual(fingerprintOf({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['a type', { a: 1 }, { a: '1' }],
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['an object and the list of its entries', { a: 1 }, [['a', 1]]],
    ['null and an empty object', { a: null }, { a: {} }],
  ])('minds %s', (_name, one, other) => {
    expect(fingerprintOf(one)).not.toEqual(fingerprintOf(other));
  });
});

describe('assertSameRequest', () => {
  const first = { fingerprint: fingerprintOf({ a: 1 }) };

  it('takes the same request', () => {
    expect(() => assertSameRequest(first, fingerprintOf({ a: 1 }))).not.toThrow();
  });

  it('refuses another', () => {
    expect(() => assertSameRequest(first, fingerprintOf({ a: 2 }))).toThrow(
      expect.objectContaining({ code: 'idempotency_conflict' }),
    );
  });
});

describe('readIdempotencyKey', () => {
  it('takes up to 255 printable characters, and none', () => {
    expect(readIdempotencyKey('x'.repeat(255))).toHaveLength(255);
    expect(readIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each(['', 'x'.repeat(256), 'a b', '키'])('refuses %j', (key) => {
    expect(() => readIdempotencyKey(key)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});
