import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';
import type { Product } from '../orders/order.ts';

export interface CheckOutFacts {
  readonly hasCart: boolean;
  readonly hasBuyer: boolean;
  readonly catalogue: ReadonlyMap<number, Product>;
}

interface FactsRow {
  cart_id: number | null;
  member_id: number | null;
  product_id: number | null;
  seller_id: number;
  name: string;
  price: string;
}

/** All that a check-out has to know, in one round trip; each join goes by primary key. */
export async function readCheckOutFacts(
  db: Knex,
  { cartId, buyerId, kimchiIds }: { cartId: number; buyerId: number; kimchiIds: readonly number[] },
): Promise<CheckOutFacts> {
  const rows = await selectRows<FactsRow>(
    db,
    `SELECT c.cart_id, m.member_id, p.product_id, p.seller_id, p.name, p.price
       FROM (SELECT 1) AS one
       LEFT JOIN carts AS c ON c.cart_id = ?
       LEFT JOIN members AS m ON m.member_id = ?
       LEFT JOIN products AS p ON p.product_id IN (?)`,
    [cartId, buyerId, kimchiIds],
  );
  const catalogue = new Map<number, Product>();
  for (const { product_id: productId, seller_id: sellerId, name, price } of rows) {
    if (productId !== null) catalogue.set(productId, { productId, sellerId, name, price: BigInt(price) });
  }
  const [first] = rows;
  return { hasCart: first?.cart_id != null, hasBuyer: first?.member_id != null, catalogue };
}
