import type { Knex } from 'knex';
import type { z } from 'zod';
import { ShopError } from '../errors.ts';
import { addAvailable, setAvailable } from '../stock/stocks-table.ts';
import type { CatalogueProduct } from './product.ts';
import type { newProductSchema, productChangeSchema } from './product-schema.ts';
import { findProduct, insertProduct, lockProduct, updateProduct } from './products-table.ts';

export async function createProduct(
  trx: Knex.Transaction,
  sellerId: number,
  { taxFree, stock, ...rest }: z.output<typeof newProductSchema>,
  now: Date,
): Promise<CatalogueProduct> {
  const fields = { ...rest, isTaxFree: taxFree, isStocked: stock !== null };
  const productId = await insertProduct(trx, sellerId, fields, now);
  if (stock !== null) await setAvailable(trx, productId, stock);
  return found(await findProduct(trx, productId), productId);
}

/**
 * Changes what a seller says of its product. Orders that were made keep what they were told.
 * @throws ShopError `product_unknown` (also for another seller's), `product_ended`, `product_changed`, `stock_insufficient`, in this
 *   precedence
 */
export async function changeProduct(
  trx: Knex.Transaction,
  { sellerId, productId }: { sellerId: number; productId: number },
  { version, addStock, ...change }: z.output<typeof productChangeSchema>,
  now: Date,
): Promise<CatalogueProduct> {
  const product = found(await lockProduct(trx, { sellerId, productId }), productId);
  assertChangeable(product, version);
  const isStocked = change.stock === undefined ? product.stock !== null : change.stock !== null;
  await updateProduct(
    trx,
    productId,
    {
      name: change.name ?? product.name,
      description: change.description ?? product.description,
      price: change.price ?? Number(product.price),
      category: change.category ?? product.category,
      isTaxFree: change.taxFree ?? product.isTaxFree,
      status: change.status ?? product.status,
      isStocked,
    },
    now,
  );
  if (typeof change.stock === 'number') await setAvailable(trx, productId, change.stock);
  if (addStock !== undefined && isStocked && !(await addAvailable(trx, productId, addStock))) {
    throw new ShopError('stock_insufficient', 'Less is available than is to be taken away.', {
      shortages: [{ kimchiId: productId, wanted: -addStock, available: product.stock?.available ?? 0 }],
    });
  }
  return found(await findProduct(trx, productId), productId);
}

function assertChangeable(product: CatalogueProduct, version: number): void {
  const kimchiId = product.productId;
  if (product.status === 'ended') {
    throw new ShopError('product_ended', 'What is ended stays as it is; put up a new one.', { kimchiId });
  }
  if (product.version === version) return;
  throw new ShopError('product_changed', 'It was changed meanwhile; read it again, and change that.', {
    kimchiId,
    version: product.version,
  });
}

function found(product: CatalogueProduct | undefined, productId: number): CatalogueProduct {
  if (product !== undefined) return product;
  throw productUnknown(productId);
}

export function productUnknown(productId: number): ShopError {
  return new ShopError('product_unknown', `The catalogue has no kimchi ${productId}.`, {
    kimchiIds: [productId],
  });
}
