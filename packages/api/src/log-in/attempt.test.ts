import { describe, expect, it } from '@jest/globals';
import { isPathHere, proofsOf } from './attempt.ts';

describe('isPathHere', () => {
  it.each(['/', '/orders/1?tab=a#b', '/a//b', '/%2f%2fevil'])('takes %s', (path) => {
    expect(isPathHere(path)).toBe(true);
  });

  it.each([
    '',
    'orders',
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    'https://evil.example/',
    '/a b',
    '/a\r\nSet-Cookie: x=1',
    '/\t/evil.example',
    '/김치',
    `/${'a'.repeat(500)}`,
  ])('refuses %j', (path) => {
    expect(isPathHere(path)).toBe(false);
  });
});

describe('proofsOf', () => {
  it('gives the same for the same attempt, and others for another browser or state', () => {
    const attempt = { browser: 'b', state: 's' };
    expect(proofsOf(attempt)).toEqual(proofsOf({ ...attempt }));
    const all = [attempt, { browser: 'c', state: 's' }, { browser: 'b', state: 't' }].map(proofsOf);
    expect(new Set(all.flatMap(({ verifier, nonce }) => [verifier, nonce])).size).toBe(6);
  });

  it('makes a verifier of the length that RFC 7636 wants', () => {
    expect(proofsOf({ browser: 'b', state: 's' }).verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
