import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';

export interface OwnProduct {
  readonly productId: number;
  readonly sellerId: number;
  readonly name: string;
  readonly kind: string;
  readonly price: bigint;
}

interface ProductRow {
  product_id: number;
  seller_id: number;
  name: string;
  kind: string;
  price: string;
}

/** A product that is on sale. */
export async function findProduct(db: Knex, productId: number): Promise<OwnProduct | undefined> {
  const [row] = await selectRows<ProductRow>(
    db,
    `SELECT product_id, seller_id, name, kind, price
       FROM products
      WHERE product_id = ? AND status = 'on_sale'`,
    [productId],
  );
  return row === undefined ? undefined : toProduct(row);
}

export interface MallListing extends OwnProduct {
  readonly sellerName: string;
}

/** What is on sale of a kind, and there, the cheapest first; by an index of the kind. */
export async function findListings(db: Knex, kind: string, limit: number): Promise<MallListing[]> {
  const rows = await selectRows<ProductRow & { seller_name: string }>(
    db,
    `SELECT p.product_id, p.seller_id, p.name, p.kind, p.price, s.name AS seller_name
       FROM products AS p
       JOIN sellers AS s ON s.seller_id = p.seller_id
       LEFT JOIN product_stocks AS k ON k.product_id = p.product_id
      WHERE p.kind = ? AND p.status = 'on_sale' AND (NOT p.is_stocked OR k.available > 0)
      ORDER BY p.price, p.product_id
      LIMIT ?`,
    [kind, limit],
  );
  return rows.map((row) => ({ ...toProduct(row), sellerName: row.seller_name }));
}

function toProduct({
  product_id: productId,
  seller_id: sellerId,
  name,
  kind,
  price,
}: ProductRow): OwnProduct {
  return { productId, sellerId, name, kind, price: BigInt(price) };
}
