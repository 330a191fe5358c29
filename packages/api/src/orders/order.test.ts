import { describe, expect, it } from '@jest/globals';
import { type Product, priceOrder, sharesOf } from './order.ts';

const PRODUCTS: readonly Product[] = [
  product(1, { sellerId: 10, name: '포기김치', price: 14_000n }),
  product(2, { name: '깍두기', price: 11_000n }),
  product(3, { sellerId: 10, name: '열무김치', price: 13_000n, isTaxFree: true, isStocked: true }),
  product(4, { name: '가'.repeat(100), price: 1n }),
  product(5, { status: 'hidden' }),
  product(6, { status: 'ended' }),
];
const CATALOGUE = new Map(PRODUCTS.map((product) => [product.productId, product]));
const priced = (...quantities: readonly (readonly [number, number])[]) =>
  priceOrder(
    {
      orderId: 'order-1',
      buyerId: 1,
      cartId: 1,
      quantities: new Map(quantities),
      createdAt: new Date(0),
      expiresAt: new Date(900_000),
    },
    CATALOGUE,
  );

describe('priceOrder', () => {
  it('sums the catalogue’s prices', () => {
    expect(priced([1, 1], [2, 1], [3, 1]).amount).toBe(38_000n);
  });

  it('multiplies by quantities, and keeps the order of the request', () => {
    const order = priced([2, 2], [1, 1]);
    expect(order.lines.map(({ productId, quantity, amount }) => [productId, quantity, amount])).toEqual([
      [2, 2, 22_000n],
      [1, 1, 14_000n],
    ]);
    expect(order.amount).toBe(36_000n);
  });

  it('names every product that is not there', () => {
    expect(() => priced([1, 1], [8, 1], [5, 1], [9, 1])).toThrow(
      expect.objectContaining({ code: 'product_unknown', details: { kimchiIds: [8, 9] } }),
    );
  });

  it('names every product that is not on sale', () => {
    expect(() => priced([6, 1], [1, 1], [5, 1])).toThrow(
      expect.objectContaining({ code: 'product_unavailable', details: { kimchiIds: [6, 5] } }),
    );
  });

  it('sums what bears no VAT, and remembers what is stocked', () => {
    const order = priced([3, 2], [1, 1]);
    expect(order).toMatchObject({ amount: 40_000n, taxFreeAmount: 26_000n });
    expect(order.lines.map(({ isStocked }) => isStocked)).toEqual([true, false]);
  });

  it('names the order for the payment window, within 100 characters', () => {
    expect(priced([1, 1]).orderName).toBe('포기김치');
    expect(priced([1, 1], [2, 1], [3, 1]).orderName).toBe('포기김치 외 2건');
    const long = priced([4, 1], [1, 1]).orderName;
    expect(long).toHaveLength(100);
    expect(long).toMatch(/가 외 1건$/);
  });
});

describe('sharesOf', () => {
  it('gives each seller the sum of its lines, and all of them the order’s amount', () => {
    const order = priced([1, 1], [2, 2], [3, 1]);
    expect(sharesOf(order.lines)).toEqual([
      { sellerId: '9', amount: 22_000n },
      { sellerId: '10', amount: 27_000n },
    ]);
  });
});

function product(productId: number, fields: Partial<Product>): Product {
  return {
    productId,
    sellerId: 9,
    name: '김치',
    price: 1_000n,
    status: 'on_sale',
    isTaxFree: false,
    isStocked: false,
    ...fields,
  };
}
