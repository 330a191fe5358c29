import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { money } from '../money/money.ts';
import { canonicalMetadata } from './metadata.ts';

type Metadata = Parameters<typeof canonicalMetadata>[0];
const given = (metadata: unknown) => canonicalMetadata(metadata as Metadata);
const cyclic: Record<string, unknown> = { name: 'a' };
cyclic['self'] = { again: cyclic };

function nested(levels: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level++) value = [value];
  return { value };
}

describe('canonicalMetadata', () => {
  it.each([
    [undefined, null],
    [{}, '{}'],
    [{ b: 1, a: { d: [2, { y: 1, x: null }], c: true } }, '{"a":{"c":true,"d":[2,{"x":null,"y":1}]},"b":1}'],
    [{ 주문: '배추김치 🥬', memo: '\u0000"\\' }, '{"memo":"\\u0000\\"\\\\","주문":"배추김치 🥬"}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [{ at: new Date(Date.UTC(2026, 0, 1)) }, '{"at":"2026-01-01T00:00:00.000Z"}'],
    [{ rate: new Decimal('1391.50') }, '{"rate":"1391.5"}'],
    [
      { zero: -0, most: Number.MAX_SAFE_INTEGER, tiny: 5e-324 },
      '{"most":9007199254740991,"tiny":5e-324,"zero":0}',
    ],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [
      new (class TextRow {
        id = 7;
      })(),
      '{"id":7}',
    ],
  ])('writes %p', (metadata, text) => {
    expect(given(metadata)).toBe(text);
  });

  it('keeps the order of lists, and not the order of fields', () => {
    expect(given({ a: [1, 2], b: 1 })).toBe(given({ b: 1, a: [1, 2] }));
    expect(given({ a: [1, 2] })).not.toBe(given({ a: [2, 1] }));
  });

  it('lets one value stand in two places', () => {
    const shared = { id: 1 };
    expect(given({ a: shared, b: [shared, shared] })).toBe('{"a":{"id":1},"b":[{"id":1},{"id":1}]}');
  });

  it('keeps names that every object has as what they are, and pollutes nothing', () => {
    const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}';
    expect(given(JSON.parse(text))).toBe(text);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('says what JSON says, and says the same of it again', () => {
    const value = fc
      .jsonValue({ noUnicodeString: false })
      .filter((json) => !/\\ud[89a-f]/.test(JSON.stringify(json)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (metadata) => {
        const text = given(metadata) ?? '';
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(metadata)));
        expect(given(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it.each<[string, unknown, string]>([
    ['a bigint', { price: 5n }, 'metadata.price'],
    ['Money', { total: money('5', 'KRW') }, 'metadata.total.minor'],
    ['a function', { a: { b: () => 1 } }, 'metadata.a.b'],
    ['a symbol', { a: Symbol('a') }, 'metadata.a'],
    ['NaN', { a: [1, Number.NaN] }, 'metadata.a.1'],
    ['Infinity', { a: Number.NEGATIVE_INFINITY }, 'metadata.a'],
    ['a hole in a list', { a: [1, undefined] }, 'metadata.a.1'],
    ['a sparse list', { a: Array(3) }, 'metadata.a.0'],
    ['a date that is none', { at: new Date(Number.NaN) }, 'metadata.at'],
    ['a date of elsewhere that is none', { at: structuredClone(new Date(Number.NaN)) }, 'metadata.at'],
    ['a Map', { a: new Map([[1, 2]]) }, 'metadata.a'],
    ['a Set', { a: new Set([1]) }, 'metadata.a'],
    ['an Error', { a: new Error('a') }, 'metadata.a'],
    ['a promise', { a: Promise.resolve(1) }, 'metadata.a'],
    ['bytes', { a: new Uint8Array(2) }, 'metadata.a'],
    ['itself', cyclic, 'metadata.self.again'],
    ['101 levels', nested(101), `metadata.value${'.0'.repeat(93)}`],
    ['half a character', { a: '\ud83d' }, 'metadata.a'],
    ['half a character in a name', { '\udc00': 1 }, 'metadata'],
    ['toJSON that gives no JSON', { a: { toJSON: () => 5n } }, 'metadata.a'],
    ['null', null, 'metadata'],
    ['a list', [1], 'metadata'],
    ['text', 'text', 'metadata'],
    ['a number', 5, 'metadata'],
  ])('refuses %s', (_, metadata, path) => {
    const { code, details } = refusal(() => given(metadata));
    expect(code).toBe('entry_malformed');
    expect(details['field']).toBe('metadata');
    expect(String(details['path']).slice(0, path.length)).toBe(path);
  });

  it('takes 98 levels of lists below the first two', () => {
    expect(given(nested(99))).toContain('deep');
    expect(refusal(() => given(nested(100))).code).toBe('entry_malformed');
  });

  const byteLength = (text: string | null) => Buffer.byteLength(text ?? '');
  const around = byteLength('{"text":""}');
  it.each([
    ['ASCII', 'a', 1],
    ['Hangul', '김', 3],
    ['an emoji', '🥬', 4],
    ['what JSON escapes', '"', 2],
  ])('takes up to 65,535 bytes of %s, and no more', (_, letter, bytes) => {
    const count = Math.floor((65_535 - around) / bytes);
    expect(byteLength(given({ text: letter.repeat(count) }))).toBeLessThanOrEqual(65_535);
    expect(refusal(() => given({ text: letter.repeat(count + 1) })).details).toEqual({
      field: 'metadata',
      path: 'metadata',
    });
  });

  it('refuses at once what would be endless, or is far too long', () => {
    let doubled: unknown = 1;
    for (let level = 0; level < 60; level++) doubled = [doubled, doubled];
    const started = performance.now();
    for (const metadata of [{ doubled }, { list: Array(4_000_000_000) }, { list: Array(1_000_000).fill(0) }])
      expect(refusal(() => given(metadata)).code).toBe('entry_malformed');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
