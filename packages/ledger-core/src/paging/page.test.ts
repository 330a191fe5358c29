import { describe, expect, it } from '@jest/globals';
import { refusal } from '../../test/refusal.ts';
import { fromCursor, pageLimit, toCursor } from './page.ts';

const LIST = ['statement', '1', 'assets:cash'];

describe('a cursor', () => {
  it('comes back as the place that it was made of', () => {
    for (const place of ['1', '18446744073709551615', 'assets:cash', '']) {
      const cursor = toCursor(LIST, place);
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(fromCursor(LIST, cursor)).toBe(place);
    }
  });

  it.each([
    ['of another list', toCursor(['statement', '1', 'assets:purse'], '5')],
    ['of another ledger', toCursor(['statement', '2', 'assets:cash'], '5')],
    ['of another kind of list', toCursor(['accounts'], '5')],
    ['with more in it', toCursor([...LIST, '4'], '5')],
    ['with a space behind it', `${toCursor(LIST, '5')} `],
    ['with padding', Buffer.from(JSON.stringify([...LIST, '5'])).toString('base64')],
    ['written in another way', Buffer.from(JSON.stringify([...LIST, '5'], null, 1)).toString('base64url')],
    ['whose place is a number', Buffer.from(JSON.stringify([...LIST, 5])).toString('base64url')],
    ['that is no list', Buffer.from('7').toString('base64url')],
    ['that is no JSON', Buffer.from('[').toString('base64url')],
    ['that is empty', ''],
    ['that is long', 'a'.repeat(1_001)],
    ['that is a number', 5],
    ['that is null', null],
    ['that is an object', { length: 3 }],
  ])('%s is refused', (_which, cursor) => {
    expect(refusal(() => fromCursor(LIST, cursor as string)).code).toBe('cursor_malformed');
  });
});

describe('the limit of a page', () => {
  it('is 100 unless given, and up to 1,000', () => {
    expect([pageLimit(undefined), pageLimit(1), pageLimit(1_000)]).toEqual([100, 1, 1_000]);
  });

  it.each([0, -1, 1_001, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '10', null])(
    'is refused when it is %p',
    (limit) => {
      expect(refusal(() => pageLimit(limit as number))).toMatchObject({
        code: 'query_malformed',
        details: { field: 'limit' },
      });
    },
  );
});
