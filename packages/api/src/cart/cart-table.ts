import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { execute, insertNumbered, selectRows, toSqlInstant } from '../database/statements.ts';
import type { CartItem, Quantities } from './cart.ts';

/** Whose cart: a member's, or that of whoever bears a token. */
export type CartOwner = { readonly memberId: number } | { readonly tokenDigest: Buffer };

/** Undefined where there is none yet. */
export async function findCart(db: Knex, owner: CartOwner): Promise<number | undefined> {
  return idOf(
    await selectRows<IdRow>(db, `SELECT cart_id FROM carts WHERE ${columnOf(owner)} = ?`, [keyOf(owner)]),
  );
}

/** As findCart, and nobody changes what lies in it, or checks it out, before the transaction ends. */
export async function lockCartOf(trx: Knex.Transaction, owner: CartOwner): Promise<number | undefined> {
  return idOf(
    await selectRows<IdRow>(trx, `SELECT cart_id FROM carts WHERE ${columnOf(owner)} = ? FOR UPDATE`, [
      keyOf(owner),
    ]),
  );
}

/** Fails with MySQL's duplicate-key error when the owner has a cart. */
export function insertCart(trx: Knex.Transaction, owner: CartOwner, now: Date): Promise<number> {
  return insertNumbered(trx, `INSERT INTO carts (${columnOf(owner)}, created_at) VALUES (?, ?)`, [
    keyOf(owner),
    toSqlInstant(now),
  ]);
}

/** Of a visitor's cart; a member's has no end. */
export async function moveExpiry(trx: Knex.Transaction, cartId: number, expiresAt: Date): Promise<void> {
  await execute(trx, 'UPDATE carts SET expires_at = ? WHERE cart_id = ?', [toSqlInstant(expiresAt), cartId]);
}

/** Deletes visitors' carts that have ended, `most` at most, and returns how many. One that is being changed is left. */
export function deleteExpiredCarts(db: Knex, now: Date, most: number): Promise<number> {
  return inTransaction(db, async (trx) => {
    const rows = await selectRows<IdRow>(
      trx,
      `SELECT cart_id FROM carts WHERE expires_at <= ? ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [toSqlInstant(now), most],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.cart_id);
    await execute(trx, 'DELETE FROM cart_items WHERE cart_id IN (?)', [ids]);
    return execute(trx, 'DELETE FROM carts WHERE cart_id IN (?)', [ids]);
  });
}

export async function deleteCart(trx: Knex.Transaction, cartId: number): Promise<void> {
  await emptyCart(trx, cartId);
  await execute(trx, 'DELETE FROM carts WHERE cart_id = ?', [cartId]);
}

export async function emptyCart(trx: Knex.Transaction, cartId: number): Promise<void> {
  await execute(trx, 'DELETE FROM cart_items WHERE cart_id = ?', [cartId]);
}

export async function deleteItem(trx: Knex.Transaction, cartId: number, productId: number): Promise<void> {
  await execute(trx, 'DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?', [cartId, productId]);
}

/** What lies in a cart, in the order in which it was put in. */
export async function readQuantities(db: Knex, cartId: number): Promise<Quantities> {
  const rows = await selectRows<{ product_id: number; quantity: number }>(
    db,
    'SELECT product_id, quantity FROM cart_items WHERE cart_id = ? ORDER BY added_at, product_id',
    [cartId],
  );
  return new Map(rows.map((row) => [row.product_id, row.quantity]));
}

/** Makes quantities what they are given as. */
export async function writeQuantities(
  trx: Knex.Transaction,
  cartId: number,
  quantities: Quantities,
  now: Date,
): Promise<void> {
  if (quantities.size === 0) return;
  const at = toSqlInstant(now);
  await execute(
    trx,
    `INSERT INTO cart_items (cart_id, product_id, quantity, added_at) VALUES ? AS fresh
     ON DUPLICATE KEY UPDATE quantity = fresh.quantity`,
    [[...quantities].map(([productId, quantity]) => [cartId, productId, quantity, at])],
  );
}

export async function readItems(db: Knex, cartId: number): Promise<CartItem[]> {
  const rows = await selectRows<ItemRow>(
    db,
    `SELECT i.product_id, i.quantity, p.seller_id, s.name AS seller_name, p.name, p.price, p.status, p.is_stocked, k.available
       FROM cart_items AS i
       JOIN products AS p ON p.product_id = i.product_id
       JOIN sellers AS s ON s.seller_id = p.seller_id
       LEFT JOIN product_stocks AS k ON k.product_id = p.product_id
      WHERE i.cart_id = ? ORDER BY i.added_at, i.product_id`,
    [cartId],
  );
  return rows.map((row) => ({
    productId: row.product_id,
    quantity: row.quantity,
    sellerId: row.seller_id,
    sellerName: row.seller_name,
    name: row.name,
    price: BigInt(row.price),
    status: row.status,
    available: row.is_stocked === 1 ? (row.available ?? 0) : null,
  }));
}

interface IdRow {
  cart_id: number;
}

interface ItemRow {
  product_id: number;
  quantity: number;
  seller_id: number;
  seller_name: string;
  name: string;
  price: string;
  status: CartItem['status'];
  is_stocked: 0 | 1;
  available: number | null;
}

function idOf([row]: readonly IdRow[]): number | undefined {
  return row?.cart_id;
}

function columnOf(owner: CartOwner): 'member_id' | 'token_digest' {
  return 'memberId' in owner ? 'member_id' : 'token_digest';
}

function keyOf(owner: CartOwner): number | Buffer {
  return 'memberId' in owner ? owner.memberId : owner.tokenDigest;
}
