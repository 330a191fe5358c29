import { expect } from '@jest/globals';
import type { Shop } from './shop.ts';

export interface StockRow {
  readonly received: number;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
  readonly oversold: number;
}

export async function readStock(shop: Shop, productId: number): Promise<StockRow> {
  const [[row]] = await shop.database.admin.raw(
    'SELECT received, available, reserved, sold, oversold FROM product_stocks WHERE product_id = ?',
    [productId],
  );
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as never;
}

/** What holds whatever a test did: what is reserved is what orders that await payment hold, of each product. */
export async function expectStockToMatchOrders(shop: Shop): Promise<void> {
  const [held] = await shop.database.admin.raw(
    `SELECT l.product_id AS productId, CAST(SUM(l.quantity) AS SIGNED) AS quantity
       FROM orders AS o
       JOIN JSON_TABLE(o.order_lines, '$[*]' COLUMNS (product_id INT PATH '$.productId', quantity INT PATH '$.quantity',
                       is_stocked BOOLEAN PATH '$.isStocked')) AS l
      WHERE o.status = 'awaiting_payment' AND l.is_stocked GROUP BY l.product_id ORDER BY l.product_id`,
  );
  const [reserved] = await shop.database.admin.raw(
    `SELECT product_id AS productId, reserved AS quantity FROM product_stocks WHERE reserved > 0 ORDER BY product_id`,
  );
  expect(held.map(toNumbers)).toEqual(reserved.map(toNumbers));
}

function toNumbers({ productId, quantity }: { productId: unknown; quantity: unknown }) {
  return { productId: Number(productId), quantity: Number(quantity) };
}
