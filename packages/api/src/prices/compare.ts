import type { Listing } from './listing.ts';

export interface OwnPrice {
  readonly price: bigint;
  readonly grams: number | undefined;
  readonly sellerId: number;
}

export interface ComparedListing extends Listing {
  /** What as much as ours weighs would cost at its price, in won; undefined where a weight is not known. */
  readonly priceForOurWeight: bigint | undefined;
}

export interface Comparison {
  /** The cheapest first; those that cannot be compared last. */
  readonly listings: readonly ComparedListing[];
  readonly lowest: ComparedListing | undefined;
  /** How much ours costs more than the lowest elsewhere; below zero where ours is the cheapest. */
  readonly difference: bigint | undefined;
}

/** Holds offers against ours by weight: half a kilogram at half the price is not cheaper. Our seller's own are left out. */
export function compare(own: OwnPrice, listings: readonly Listing[]): Comparison {
  const compared = listings
    .filter(({ sellerId }) => sellerId === undefined || sellerId !== own.sellerId)
    .map((listing) => ({ ...listing, priceForOurWeight: priceFor(own.grams, listing) }))
    .sort(byPrice);
  const [first] = compared;
  const lowest = first?.priceForOurWeight === undefined ? undefined : first;
  return {
    listings: compared,
    lowest,
    difference: lowest?.priceForOurWeight === undefined ? undefined : own.price - lowest.priceForOurWeight,
  };
}

/** To the won, half upwards. Where ours has no weight, offers are held against it as they are. */
function priceFor(ourGrams: number | undefined, { price, grams }: Listing): bigint | undefined {
  if (ourGrams === undefined) return price;
  if (grams === undefined) return undefined;
  return (price * BigInt(ourGrams) * 2n + BigInt(grams)) / (BigInt(grams) * 2n);
}

function byPrice(a: ComparedListing, b: ComparedListing): number {
  const [left, right] = [a.priceForOurWeight, b.priceForOurWeight];
  if (left === undefined || right === undefined) {
    if (left === right) return sign(a.price - b.price);
    return left === undefined ? 1 : -1;
  }
  return sign(left - right) || sign(a.price - b.price) || (a.title < b.title ? -1 : 1);
}

function sign(difference: bigint): number {
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
