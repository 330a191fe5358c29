import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { type AskedSource, type Offers, SourceUnavailable } from './asked-source.ts';
import { type Comparison, compare } from './compare.ts';
import { findProduct, type OwnProduct } from './mall-listings-table.ts';
import { readGrams } from './weight.ts';

export interface LowestPriceContext {
  readonly knex: Knex;
  /** The first that has an answer gives it. */
  readonly sources: readonly [AskedSource, ...AskedSource[]];
}

export interface LowestPrice {
  readonly product: OwnProduct;
  readonly grams: number | undefined;
  readonly comparison: Comparison;
  readonly offers: Offers;
}

/**
 * Ours beside the same kind of kimchi elsewhere.
 * @throws ShopError `product_unknown`, `prices_unavailable`
 */
export async function readLowestPrice(
  { knex, sources }: LowestPriceContext,
  productId: number,
): Promise<LowestPrice> {
  const product = await findProduct(knex, productId);
  if (product === undefined) {
    throw new ShopError('product_unknown', `There is no kimchi ${productId}.`, { kimchiIds: [productId] });
  }
  const grams = readGrams(product.name);
  const offers = await askInTurn(sources, { kind: product.kind, grams });
  const { price, sellerId } = product;
  return { product, grams, offers, comparison: compare({ price, grams, sellerId }, offers.listings) };
}

/** A second source stands in for the first, and says why. */
async function askInTurn(
  [first, ...others]: LowestPriceContext['sources'],
  wanted: Parameters<AskedSource['ask']>[0],
): Promise<Offers> {
  try {
    return await first.ask(wanted);
  } catch (error) {
    if (!(error instanceof SourceUnavailable)) throw error;
    const [second, ...rest] = others;
    if (second === undefined) {
      throw new ShopError(
        'prices_unavailable',
        'No price source answers; try again shortly.',
        {},
        { cause: error },
      );
    }
    return { ...(await askInTurn([second, ...rest], wanted)), degradedBecause: error.reason };
  }
}
