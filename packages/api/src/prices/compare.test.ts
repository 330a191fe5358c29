import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare } from './compare.ts';
import type { Listing } from './listing.ts';

const listing = (title: string, price: bigint, grams?: number, sellerId?: number): Listing => ({
  title,
  mallName: 'm',
  price,
  grams,
  url: undefined,
  imageUrl: undefined,
  kimchiId: undefined,
  sellerId,
});
const OURS = { price: 14_000n, grams: 1_000, sellerId: 1 };
const order = (listings: readonly Listing[]) => listings.map(({ title }) => title);

describe('compare', () => {
  it('holds offers against ours by weight', () => {
    const found = compare(OURS, [
      listing('half, and dear', 8_000n, 500),
      listing('three, and cheap', 33_000n, 3_000),
      listing('one', 12_500n, 1_000),
    ]);
    expect(order(found.listings)).toEqual(['three, and cheap', 'one', 'half, and dear']);
    expect(found.lowest).toMatchObject({ price: 33_000n, priceForOurWeight: 11_000n });
    expect(found.difference).toBe(3_000n);
  });

  it('is below zero where ours is the cheapest, and zero where it is as cheap', () => {
    expect(compare(OURS, [listing('x', 15_000n, 1_000)]).difference).toBe(-1_000n);
    expect(compare(OURS, [listing('x', 28_000n, 2_000)]).difference).toBe(0n);
  });

  it('does not compare what has no weight, and shows it last', () => {
    const found = compare(OURS, [listing('cheap, of what weight?', 1_000n), listing('one', 20_000n, 1_000)]);
    expect(order(found.listings)).toEqual(['one', 'cheap, of what weight?']);
    expect(found.lowest?.title).toBe('one');
    expect(compare(OURS, [listing('x', 1_000n)])).toMatchObject({ lowest: undefined, difference: undefined });
  });

  it('compares prices as they are where ours has no weight', () => {
    const found = compare({ ...OURS, grams: undefined }, [listing('x', 9_000n, 500), listing('y', 8_000n)]);
    expect(found.lowest).toMatchObject({ title: 'y', priceForOurWeight: 8_000n });
    expect(found.difference).toBe(6_000n);
  });

  it('leaves out what our own seller offers elsewhere in the mall', () => {
    const found = compare(OURS, [listing('own', 1n, 1_000, 1), listing('other', 2n, 1_000, 2)]);
    expect(order(found.listings)).toEqual(['other']);
  });

  it('rounds to the won, half upwards', () => {
    expect(compare(OURS, [listing('x', 1n, 3_000)]).lowest?.priceForOurWeight).toBe(0n);
    expect(compare(OURS, [listing('x', 1n, 2_000)]).lowest?.priceForOurWeight).toBe(1n);
    expect(compare(OURS, [listing('x', 5n, 3_000)]).lowest?.priceForOurWeight).toBe(2n);
  });

  it('finds the lowest, in whatever order they come', () => {
    const offer = fc.record({
      price: fc.bigInt(1n, 1_000_000_000n),
      grams: fc.option(fc.integer({ min: 1, max: 20_000 })),
    });
    fc.assert(
      fc.property(fc.array(offer, { maxLength: 30 }), (offers) => {
        const found = compare(
          OURS,
          offers.map(({ price, grams }, index) => listing(String(index), price, grams ?? undefined)),
        );
        const prices = offers.flatMap(({ price, grams }) =>
          grams === null ? [] : [(price * 1_000n * 2n + BigInt(grams)) / (BigInt(grams) * 2n)],
        );
        const lowest = prices.reduce<bigint | undefined>(
          (low, one) => (low === undefined || one < low ? one : low),
          undefined,
        );
        expect(found.lowest?.priceForOurWeight).toBe(lowest);
        expect(found.listings).toHaveLength(offers.length);
      }),
    );
  });
});
