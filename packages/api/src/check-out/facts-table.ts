import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';
import type { Product } from '../orders/order.ts';

export interface CheckOutFacts {
  /** Whose cart it is; null: a visitor's. Undefined: there is no such cart. */
  readonly cartOwner: number | null | undefined;
  readonly hasBuyer: boolean;
  /** What was asked for of it, and maybe more. */
  readonly catalogue: ReadonlyMap<number, Product>;
}

interface ProductRow {
  product_id: number | null;
  seller_id: number;
  name: string;
  price: string;
  status: Product['status'];
  is_tax_free: 0 | 1;
  is_stocked: 0 | 1;
}

interface FactsRow extends ProductRow {
  member_id: number | null;
}

const NO_PRODUCT = 'NULL, NULL, NULL, NULL, NULL, NULL, NULL';
const PRODUCT = 'p.product_id, p.seller_id, p.name, p.price, p.status, p.is_tax_free, p.is_stocked';

interface FoundRow extends ProductRow {
  kind: 'cart' | 'member' | 'product';
  id: number;
  cart_owner: number | null;
}

export interface FactsRequest {
  readonly cartId: number;
  readonly buyerId: number;
  readonly kimchiIds: readonly number[];
}

/** All that check-outs have to know, in one round trip for all of them; each part goes by primary key. */
export async function readCheckOutFacts(
  db: Knex,
  requests: readonly FactsRequest[],
): Promise<CheckOutFacts[]> {
  const rows = await selectRows<FoundRow>(
    db,
    `SELECT 'product' AS kind, p.product_id AS id, NULL AS cart_owner, ${PRODUCT} FROM products AS p WHERE p.product_id IN (?)
      UNION ALL
     SELECT 'cart', cart_id, member_id, ${NO_PRODUCT} FROM carts WHERE cart_id IN (?)
      UNION ALL
     SELECT 'member', member_id, NULL, ${NO_PRODUCT} FROM members WHERE member_id IN (?)`,
    [
      distinct(requests.flatMap(({ kimchiIds }) => kimchiIds)),
      distinct(requests.map(({ cartId }) => cartId)),
      distinct(requests.map(({ buyerId }) => buyerId)),
    ],
  );
  const catalogue = toCatalogue(rows);
  const owners = new Map(
    rows.filter(({ kind }) => kind === 'cart').map(({ id, cart_owner: owner }) => [id, owner]),
  );
  const members = new Set(rows.filter(({ kind }) => kind === 'member').map(({ id }) => id));
  return requests.map(({ cartId, buyerId }) => ({
    cartOwner: owners.get(cartId),
    hasBuyer: members.has(buyerId),
    catalogue,
  }));
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)];
}

/** What lies in a cart, with what the catalogue says of it. Locks the cart, so that two check-outs do not empty it twice. */
export async function lockCart(
  trx: Knex.Transaction,
  { cartId, buyerId }: { cartId: number; buyerId: number },
): Promise<CheckOutFacts & { readonly quantities: ReadonlyMap<number, number> }> {
  const owners = await selectRows<{ member_id: number | null }>(
    trx,
    'SELECT member_id FROM carts WHERE cart_id = ? FOR UPDATE',
    [cartId],
  );
  const rows = await selectRows<FactsRow & { item_id: number | null; quantity: number }>(
    trx,
    `SELECT m.member_id, i.product_id AS item_id, i.quantity, ${PRODUCT}
       FROM (SELECT 1) AS one
       LEFT JOIN members AS m ON m.member_id = ?
       LEFT JOIN cart_items AS i ON i.cart_id = ?
       LEFT JOIN products AS p ON p.product_id = i.product_id`,
    [buyerId, cartId],
  );
  return {
    cartOwner: owners[0]?.member_id,
    hasBuyer: rows[0]?.member_id != null,
    catalogue: toCatalogue(rows),
    quantities: new Map(
      rows.flatMap(({ item_id: id, quantity }) => (id === null ? [] : [[id, quantity]])) as [
        number,
        number,
      ][],
    ),
  };
}

function toCatalogue(rows: readonly ProductRow[]): Map<number, Product> {
  const catalogue = new Map<number, Product>();
  for (const row of rows) {
    if (row.product_id === null) continue;
    catalogue.set(row.product_id, {
      productId: row.product_id,
      sellerId: row.seller_id,
      name: row.name,
      price: BigInt(row.price),
      status: row.status,
      isTaxFree: row.is_tax_free === 1,
      isStocked: row.is_stocked === 1,
    });
  }
  return catalogue;
}
