import type { ComparedListing } from './compare.ts';
import type { LowestPrice } from './lowest-price.ts';
import type { LowestPriceView } from './price-schema.ts';

const LARGEST_COUNT = 10;

/** All but `ageSeconds` stays the same until something changes. */
export function lowestPriceView(found: LowestPrice, now: Date): LowestPriceView {
  const { product, grams, comparison, offers } = found;
  const { lowest, difference, listings } = comparison;
  return {
    kimchiId: product.productId,
    name: product.name,
    currency: 'KRW',
    ourPrice: Number(product.price),
    grams: grams ?? null,
    lowest: lowest === undefined ? null : listingView(lowest),
    difference: difference === undefined ? null : Number(difference),
    listings: listings.slice(0, LARGEST_COUNT).map(listingView),
    listingCount: listings.length,
    source: offers.source,
    degraded: offers.degradedBecause !== null,
    degradedBecause: offers.degradedBecause,
    asOf: offers.asOf.toISOString(),
    ageSeconds: Math.max(0, Math.floor((now.getTime() - offers.asOf.getTime()) / 1_000)),
  };
}

function listingView(listing: ComparedListing): LowestPriceView['listings'][number] {
  const { title, mallName, price, grams, priceForOurWeight, url, imageUrl, kimchiId } = listing;
  return {
    title,
    mallName,
    price: Number(price),
    grams: grams ?? null,
    priceForOurWeight: priceForOurWeight === undefined ? null : Number(priceForOurWeight),
    url: url ?? null,
    imageUrl: imageUrl ?? null,
    kimchiId: kimchiId ?? null,
  };
}
