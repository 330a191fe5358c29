import { describe, expect, it } from '@jest/globals';
import { etagOf, isNamedBy } from './etag.ts';

describe('a validator', () => {
  it('is the same for the same content, and another for another', () => {
    expect(etagOf({ price: 1, age: undefined })).toBe(etagOf({ price: 1 }));
    expect(etagOf({ price: 1 })).not.toBe(etagOf({ price: 2 }));
    expect(etagOf({})).toMatch(/^W\/"[\w-]{27}"$/);
  });

  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ['*', true],
    ['"b", W/"a"', true],
    ['"b"', false],
    ['a', false],
    ['', false],
    [undefined, false],
  ])('is named by %j: %j', (header, isNamed) => {
    expect(isNamedBy(header, 'W/"a"')).toBe(isNamed);
  });
});
