import type { Knex } from 'knex';
import { cleanText } from './clean-text.ts';
import type { Listing, Wanted } from './listing.ts';
import { findListings, type MallListing } from './mall-listings-table.ts';
import { type PriceSource, PriceSourceError } from './price-source.ts';
import { readGrams } from './weight.ts';

const LARGEST_COUNT = 100;

/** What the sellers of the mall itself ask for the same kind. */
export function mallSource(knex: Knex): PriceSource {
  async function find({ kind }: Wanted, signal: AbortSignal): Promise<readonly Listing[]> {
    try {
      signal.throwIfAborted();
      const listings = await Promise.race([findListings(knex, kind, LARGEST_COUNT), rejectionOf(signal)]);
      return listings.map(toListing);
    } catch (error) {
      throw new PriceSourceError('trouble', 'The catalogue did not answer.', { cause: error });
    }
  }
  return { name: 'mall', find, close() {} };
}

/** Rejects when the signal says so. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Sellers write these texts, so they are cleaned as anybody's. */
function toListing({ productId, sellerId, sellerName, name, price }: MallListing): Listing {
  const title = cleanText(name);
  return {
    title,
    mallName: cleanText(sellerName, 100),
    price,
    grams: readGrams(title),
    url: undefined,
    imageUrl: undefined,
    kimchiId: productId,
    sellerId,
  };
}
