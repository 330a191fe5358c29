import { describe, expect, it } from '@jest/globals';
import { type Product, priceOrder, sharesOf } from './order.ts';

const PRODUCTS: readonly Product[] = [
  { productId: 1, sellerId: 10, name: '포기김치', price: 14_000n },
  { productId: 2, sellerId: 9, name: '깍두기', price: 11_000n },
  { productId: 3, sellerId: 10, name: '열무김치', price: 13_000n },
  { productId: 4, sellerId: 9, name: '가'.repeat(100), price: 1n },
];
const CATALOGUE = new Map(PRODUCTS.map((product) => [product.productId, product]));
const priced = (kimchiIds: readonly number[]) =>
  priceOrder({ orderId: 'order-1', buyerId: 1, cartId: 1, kimchiIds, createdAt: new Date(0) }, CATALOGUE);

describe('priceOrder', () => {
  it('sums the catalogue’s prices', () => {
    expect(priced([1, 2, 3]).amount).toBe(38_000n);
  });

  it('makes an id that comes twice a quantity of two', () => {
    const order = priced([2, 1, 2]);
    expect(order.lines.map(({ productId, quantity, amount }) => [productId, quantity, amount])).toEqual([
      [2, 2, 22_000n],
      [1, 1, 14_000n],
    ]);
    expect(order.amount).toBe(36_000n);
  });

  it('names every product that is not there', () => {
    expect(() => priced([1, 8, 9])).toThrow(
      expect.objectContaining({ code: 'product_unknown', details: { kimchiIds: [8, 9] } }),
    );
  });

  it('names the order for the payment window, within 100 characters', () => {
    expect(priced([1]).orderName).toBe('포기김치');
    expect(priced([1, 2, 3]).orderName).toBe('포기김치 외 2건');
    const long = priced([4, 1]).orderName;
    expect(long).toHaveLength(100);
    expect(long).toMatch(/가 외 1건$/);
  });
});

describe('sharesOf', () => {
  it('gives each seller the sum of its lines, and all of them the order’s amount', () => {
    const order = priced([1, 2, 3, 2]);
    expect(sharesOf(order.lines)).toEqual([
      { sellerId: '9', amount: 22_000n },
      { sellerId: '10', amount: 27_000n },
    ]);
  });
});
