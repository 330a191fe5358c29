import { isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { productUnknown } from '../catalogue/change-product.ts';
import { findProduct } from '../catalogue/products-table.ts';
import { ShopError } from '../errors.ts';
import { assertRoomFor, merge, VISITORS_CART_MS } from './cart.ts';
import {
  type CartOwner,
  deleteCart,
  deleteItem,
  emptyCart,
  insertCart,
  lockCartOf,
  moveExpiry,
  readQuantities,
  writeQuantities,
} from './cart-table.ts';

/**
 * Makes so many of a product lie in the cart, which is made where there is none. Returns the cart's id.
 * @throws ShopError `product_unknown`, `product_unavailable`, `cart_full`, in this precedence
 */
export async function putItem(
  trx: Knex.Transaction,
  owner: CartOwner,
  { productId, quantity }: { productId: number; quantity: number },
  now: Date,
): Promise<number> {
  const product = await findProduct(trx, productId);
  if (product === undefined) throw productUnknown(productId);
  if (product.status !== 'on_sale') {
    throw new ShopError('product_unavailable', `Kimchi ${productId} is not on sale.`, {
      kimchiIds: [productId],
    });
  }
  const cartId = await lockOrMake(trx, owner, now);
  if ('tokenDigest' in owner) await moveExpiry(trx, cartId, new Date(now.getTime() + VISITORS_CART_MS));
  assertRoomFor(productId, await readQuantities(trx, cartId));
  await writeQuantities(trx, cartId, new Map([[productId, quantity]]), now);
  return cartId;
}

/** Takes a product out of the cart, or all of them. What is not there is out already. */
export async function takeOut(
  trx: Knex.Transaction,
  owner: CartOwner,
  productId: number | 'all',
): Promise<number | undefined> {
  const cartId = await lockCartOf(trx, owner);
  if (cartId === undefined) return undefined;
  if (productId === 'all') await emptyCart(trx, cartId);
  else await deleteItem(trx, cartId, productId);
  return cartId;
}

/**
 * Puts what lies in a visitor's cart into a member's, and ends the visitor's: for log-in, in its transaction. Nothing happens where the
 * token has no cart (any more).
 */
export async function mergeCarts(
  trx: Knex.Transaction,
  { tokenDigest, memberId }: { readonly tokenDigest: Buffer; readonly memberId: number },
  now: Date,
): Promise<void> {
  const visitors = await lockCartOf(trx, { tokenDigest });
  if (visitors === undefined) return;
  const added = await readQuantities(trx, visitors);
  if (added.size > 0) {
    const members = await lockOrMake(trx, { memberId }, now);
    await writeQuantities(trx, members, merge(await readQuantities(trx, members), added), now);
  }
  await deleteCart(trx, visitors);
}

async function lockOrMake(trx: Knex.Transaction, owner: CartOwner, now: Date): Promise<number> {
  const cartId = await lockCartOf(trx, owner);
  if (cartId !== undefined) return cartId;
  try {
    return await insertCart(trx, owner, now);
  } catch (error) {
    // A twin made it meanwhile.
    const made = isMysqlError(error, 'duplicateKey') ? await lockCartOf(trx, owner) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}
