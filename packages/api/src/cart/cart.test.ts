import { describe, expect, it } from '@jest/globals';
import { assertRoomFor, availabilityOf, type CartItem, MOST_ITEMS, merge, sumOf } from './cart.ts';

const item = (fields: Partial<CartItem> = {}): CartItem => ({
  productId: 1,
  quantity: 2,
  sellerId: 1,
  sellerName: '광주김치공방',
  name: '포기김치 1kg',
  price: 14_000n,
  status: 'on_sale',
  available: null,
  ...fields,
});
const many = (count: number, from = 1) =>
  new Map(Array.from({ length: count }, (_, index) => [index + from, 1] as const));

describe('availabilityOf', () => {
  it.each([
    ['available', {}],
    ['available', { available: 2 }],
    ['short', { available: 1 }],
    ['gone', { available: 0 }],
    ['gone', { status: 'hidden' as const }],
    ['gone', { status: 'ended' as const, available: 5 }],
  ])('is %s of %j', (expected, fields) => {
    expect(availabilityOf(item(fields))).toBe(expected);
  });
});

describe('sumOf', () => {
  it('counts what can be had as it lies there, and nothing else', () => {
    expect(sumOf([item(), item({ available: 1 }), item({ status: 'ended' }), item({ price: 1n })])).toBe(
      28_002n,
    );
    expect(sumOf([])).toBe(0n);
  });
});

describe('assertRoomFor', () => {
  it('refuses one product too many, and takes more of one that is there', () => {
    expect(() => assertRoomFor(99, many(MOST_ITEMS))).toThrow(expect.objectContaining({ code: 'cart_full' }));
    expect(() => assertRoomFor(1, many(MOST_ITEMS))).not.toThrow();
    expect(() => assertRoomFor(99, many(MOST_ITEMS - 1))).not.toThrow();
  });
});

describe('merge', () => {
  it('adds quantities up, as far as a cart takes them', () => {
    const members = new Map([
      [1, 2],
      [2, 98],
      [3, 1],
    ]);
    const visitors = new Map([
      [1, 3],
      [2, 5],
      [4, 7],
    ]);
    expect([...merge(members, visitors)]).toEqual([
      [1, 5],
      [2, 99],
      [4, 7],
    ]);
  });

  it('keeps the member’s own products where there are too many', () => {
    const changes = merge(many(MOST_ITEMS - 1), many(3, MOST_ITEMS - 1));
    expect([...changes.keys()]).toEqual([MOST_ITEMS - 1, MOST_ITEMS]);
  });
});
