import type { Knex } from 'knex';
import { execute } from '../database/statements.ts';
import type { OrderLine } from './order.ts';

/** Shows a paid order to those whose lines it has. */
export async function insertOrderSellers(
  trx: Knex.Transaction,
  orderId: string,
  lines: readonly OrderLine[],
): Promise<void> {
  const sellerIds = [...new Set(lines.map(({ sellerId }) => sellerId))].sort((a, b) => a - b);
  await execute(trx, 'INSERT INTO order_sellers (seller_id, order_id) VALUES ?', [
    sellerIds.map((sellerId) => [sellerId, orderId]),
  ]);
}
