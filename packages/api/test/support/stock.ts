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
