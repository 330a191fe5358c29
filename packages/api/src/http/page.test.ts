import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createCursors, pageQuery, toPage } from './page.ts';
import { parse } from './parse.ts';

describe('pageQuery', () => {
  const schema = z.object(pageQuery);

  it('reads a limit, and has one', () => {
    expect(parse(schema, { limit: '7' })).toEqual({ limit: 7 });
    expect(parse(schema, {})).toEqual({ limit: 20 });
  });

  it.each(['0', '101', '-1', '1.5', '1e1', ' 5', '', 'x', ['1', '2']])('refuses the limit %j', (limit) => {
    expect(() => parse(schema, { limit })).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});

describe('createCursors', () => {
  const cursors = createCursors('kimchi', z.strictObject({ price: z.string(), id: z.int() }));
  const place = { price: '12000', id: 7 };

  it('gives back the place that it was made of', () => {
    expect(cursors.decode(cursors.encode(place))).toEqual(place);
    expect(cursors.decode(cursors.encode(place, { search: '김치' }), { search: '김치' })).toEqual(place);
    expect(cursors.decode(undefined)).toBeUndefined();
  });

  it.each([
    ['another list', createCursors('orders', z.unknown()).encode(place)],
    ['another search', cursors.encode(place, { search: 'x' })],
    ['another shape', createCursors('kimchi', z.unknown()).encode({ price: 1, id: "1' OR 1=1" })],
    ['more than was given', createCursors('kimchi', z.unknown()).encode({ ...place, role: 'operator' })],
    ['no cursor at all', 'AAAA'],
    ['something after it', `${cursors.encode(place)}=`],
    ['nothing', ''],
  ])('refuses a cursor of %s', (_name, cursor) => {
    expect(() => cursors.decode(cursor)).toThrow(expect.objectContaining({ code: 'cursor_malformed' }));
  });
});

describe('toPage', () => {
  const parts = { itemOf: (row: number) => row * 10, cursorOf: (row: number) => `after ${row}` };

  it('leads on where one more was read', () => {
    expect(toPage([1, 2, 3], 2, parts)).toEqual({ items: [10, 20], nextCursor: 'after 2' });
  });

  it('is the last page where it was not', () => {
    expect(toPage([1, 2], 2, parts)).toEqual({ items: [10, 20], nextCursor: null });
    expect(toPage([], 2, parts)).toEqual({ items: [], nextCursor: null });
  });
});
