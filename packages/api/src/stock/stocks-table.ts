import type { Knex } from 'knex';
import { execute, selectRows } from '../database/statements.ts';
import type { StockItem } from './stock-item.ts';

/**
 * Reserves all items. Returns false when one of them is not there in this quantity: the caller has to roll back. One statement, so that
 * rows are locked once, in the order of their primary key, whoever else does.
 */
export function reserveStock(trx: Knex.Transaction, items: readonly StockItem[]): Promise<boolean> {
  return move(trx, items, { from: 'available', to: 'reserved' });
}

/** Sells what an order has reserved. */
export async function sellReserved(trx: Knex.Transaction, items: readonly StockItem[]): Promise<void> {
  assertWhole(await move(trx, items, { from: 'reserved', to: 'sold' }));
}

/** Gives back what an order has reserved. */
export async function releaseReserved(trx: Knex.Transaction, items: readonly StockItem[]): Promise<void> {
  assertWhole(await move(trx, items, { from: 'reserved', to: 'available' }));
}

/** Sells an item that is not reserved. What is not there is sold all the same, and counted. Returns how much of it was not there. */
export async function sellUnreserved(
  trx: Knex.Transaction,
  { productId, quantity }: StockItem,
): Promise<number> {
  const [row] = await selectRows<{ available: number }>(
    trx,
    'SELECT available FROM product_stocks WHERE product_id = ? FOR UPDATE',
    [productId],
  );
  const there = Math.min(quantity, row?.available ?? 0);
  await execute(
    trx,
    `UPDATE product_stocks SET available = available - ?, sold = sold + ?, oversold = oversold + ?
      WHERE product_id = ?`,
    [there, quantity, quantity - there, productId],
  );
  return quantity - there;
}

/** Makes so much available from now on, whatever is reserved or sold. */
export async function setAvailable(
  trx: Knex.Transaction,
  productId: number,
  available: number,
): Promise<void> {
  await execute(
    trx,
    `INSERT INTO product_stocks (product_id, received, available) VALUES (?, ?, ?) AS fresh
     ON DUPLICATE KEY UPDATE received = product_stocks.received + fresh.available - product_stocks.available,
                             available = fresh.available`,
    [productId, available, available],
  );
}

/** Makes so much more available, or less. Returns false where there is less than is to be taken away. */
export async function addAvailable(
  trx: Knex.Transaction,
  productId: number,
  change: number,
): Promise<boolean> {
  const matched = await execute(
    trx,
    `UPDATE product_stocks SET received = received + ?, available = available + ?
      WHERE product_id = ? AND available >= ?`,
    [change, change, productId, -change],
  );
  return matched === 1;
}

/** How much is available of each of these products; those that were never stocked are left out. */
export async function readAvailable(db: Knex, productIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await selectRows<{ product_id: number; available: number }>(
    db,
    'SELECT product_id, available FROM product_stocks WHERE product_id IN (?)',
    [productIds],
  );
  return new Map(rows.map((row) => [row.product_id, row.available]));
}

type Column = 'available' | 'reserved' | 'sold';

async function move(
  trx: Knex.Transaction,
  items: readonly StockItem[],
  { from, to }: { from: Column; to: Column },
): Promise<boolean> {
  if (items.length === 0) return true;
  const amount = `CASE product_id ${items.map(() => 'WHEN ? THEN ?').join(' ')} END`;
  const amounts = items.flatMap(({ productId, quantity }) => [productId, quantity]);
  const matched = await execute(
    trx,
    `UPDATE product_stocks SET ${from} = ${from} - ${amount}, ${to} = ${to} + ${amount}
      WHERE ${items.map(() => `(product_id = ? AND ${from} >= ?)`).join(' OR ')}`,
    [...amounts, ...amounts, ...amounts],
  );
  return matched === items.length;
}

/** What an order has reserved is there, or the books of stock are broken: better no payment recorded than a wrong one. */
function assertWhole(isWhole: boolean): void {
  if (!isWhole) throw new Error('An order has reserved more stock than is reserved.');
}
