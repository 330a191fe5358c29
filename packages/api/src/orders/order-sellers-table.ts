import type { Knex } from 'knex';
import { execute } from '../database/statements.ts';
import type { OrderLine } from './order.ts';

/** Shows paid orders to those whose lines they have. Rows go in key order, so that two transactions meet in one order. */
export async function insertOrderSellers(
  trx: Knex.Transaction,
  orders: readonly { readonly orderId: string; readonly lines: readonly OrderLine[] }[],
): Promise<void> {
  const rows = orders.flatMap(({ orderId, lines }) =>
    [...new Set(lines.map(({ sellerId }) => sellerId))].map((sellerId) => ({ sellerId, orderId })),
  );
  rows.sort((a, b) => a.sellerId - b.sellerId || (a.orderId < b.orderId ? -1 : 1));
  await execute(trx, 'INSERT INTO order_sellers (seller_id, order_id) VALUES ?', [
    rows.map(({ sellerId, orderId }) => [sellerId, orderId]),
  ]);
}
