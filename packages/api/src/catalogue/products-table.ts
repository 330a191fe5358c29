import type { Knex } from 'knex';
import { execute, fromSqlInstant, insertNumbered, selectRows, toSqlInstant } from '../database/statements.ts';
import type { CatalogueProduct, Category, ProductStatus, Stock } from './product.ts';

export const SORTS = ['newest', 'price_asc', 'price_desc'] as const;
export type Sort = (typeof SORTS)[number];

export interface OnSaleQuery {
  readonly category?: Category | undefined;
  /** In MySQL's boolean mode (search.ts). */
  readonly fullText?: string | undefined;
  readonly sort: Sort;
  readonly limit: number;
  /** The last product of the page before. */
  readonly after?: Place | undefined;
}

/** Where a product stands in every order of the list. */
export interface Place {
  readonly price: number;
  readonly productId: number;
}

/** The products that are on sale. One more than `limit`, where there is one. */
export async function listOnSale(db: Knex, query: OnSaleQuery): Promise<CatalogueProduct[]> {
  const { category, fullText, sort, limit, after } = query;
  const conditions = [
    ...(category === undefined ? [] : [where('p.category = ?', category)]),
    ...(fullText === undefined
      ? []
      : [where('MATCH (p.name, p.description) AGAINST (? IN BOOLEAN MODE)', fullText)]),
    ...(after === undefined ? [] : [BEYOND[sort](after)]),
  ];
  return read(
    db,
    `WHERE p.status = 'on_sale' ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')} ORDER BY ${ORDERS[sort]} LIMIT ?`,
    [...conditions.flatMap(({ bindings }) => bindings), limit + 1],
  );
}

/** A seller's own products, whatever their status, newest first. */
export function listOfSeller(
  db: Knex,
  { sellerId, limit, before }: { sellerId: number; limit: number; before?: number | undefined },
): Promise<CatalogueProduct[]> {
  return read(db, 'WHERE p.seller_id = ? AND p.product_id < ? ORDER BY p.product_id DESC LIMIT ?', [
    sellerId,
    before ?? BEYOND_ALL_IDS,
    limit + 1,
  ]);
}

export async function findProduct(db: Knex, productId: number): Promise<CatalogueProduct | undefined> {
  const [product] = await read(db, 'WHERE p.product_id = ?', [productId]);
  return product;
}

/** The version of a seller's product, which nobody else changes before the transaction ends. */
export async function lockProduct(
  trx: Knex.Transaction,
  { sellerId, productId }: { sellerId: number; productId: number },
): Promise<CatalogueProduct | undefined> {
  const [product] = await read(trx, 'WHERE p.product_id = ? AND p.seller_id = ? FOR UPDATE OF p', [
    productId,
    sellerId,
  ]);
  return product;
}

/** What a seller says of a product. */
export interface ProductFields {
  readonly name: string;
  readonly description: string;
  readonly price: number;
  readonly category: Category;
  readonly isTaxFree: boolean;
  readonly status: ProductStatus;
  readonly isStocked: boolean;
}

/** Returns its id. */
export function insertProduct(
  trx: Knex.Transaction,
  sellerId: number,
  fields: ProductFields,
  now: Date,
): Promise<number> {
  const at = toSqlInstant(now);
  return insertNumbered(
    trx,
    `INSERT INTO products (seller_id, name, description, price, category, is_tax_free, status, is_stocked, created_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [sellerId, ...valuesOf(fields), at, at],
  );
}

export async function updateProduct(
  trx: Knex.Transaction,
  productId: number,
  fields: ProductFields,
  now: Date,
): Promise<void> {
  await execute(
    trx,
    `UPDATE products SET name = ?, description = ?, price = ?, category = ?, is_tax_free = ?, status = ?, is_stocked = ?,
            version = version + 1, changed_at = ?
      WHERE product_id = ?`,
    [...valuesOf(fields), toSqlInstant(now), productId],
  );
}

function valuesOf(fields: ProductFields): unknown[] {
  const { name, description, price, category, isTaxFree, status, isStocked } = fields;
  return [name, description, price, category, isTaxFree, status, isStocked];
}

interface Condition {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

const where = (sql: string, ...bindings: readonly unknown[]): Condition => ({ sql, bindings });

const BEYOND_ALL_IDS = 4_294_967_296;

const ORDERS: Readonly<Record<Sort, string>> = {
  newest: 'p.product_id DESC',
  price_asc: 'p.price, p.product_id',
  price_desc: 'p.price DESC, p.product_id DESC',
};

/** What comes after a place. The first half of a price's condition is what an index can seek. */
const BEYOND: Readonly<Record<Sort, (after: Place) => Condition>> = {
  newest: ({ productId }) => where('p.product_id < ?', productId),
  price_asc: ({ price, productId }) =>
    where('p.price >= ? AND (p.price > ? OR p.product_id > ?)', price, price, productId),
  price_desc: ({ price, productId }) =>
    where('p.price <= ? AND (p.price < ? OR p.product_id < ?)', price, price, productId),
};

interface ProductRow {
  product_id: number;
  seller_id: number;
  seller_name: string;
  name: string;
  description: string;
  price: string;
  category: Category;
  is_tax_free: 0 | 1;
  status: ProductStatus;
  is_stocked: 0 | 1;
  version: number;
  created_at: string;
  changed_at: string;
  available: number | null;
  reserved: number | null;
  sold: string | null;
  oversold: string | null;
}

async function read(db: Knex, rest: string, bindings: readonly unknown[]): Promise<CatalogueProduct[]> {
  const rows = await selectRows<ProductRow>(
    db,
    // Outer joins, so that no plan begins with the sellers and then has to sort.
    `SELECT p.product_id, p.seller_id, s.name AS seller_name, p.name, p.description, p.price, p.category, p.is_tax_free,
            p.status, p.is_stocked, p.version, p.created_at, p.changed_at, k.available, k.reserved, k.sold, k.oversold
       FROM products AS p
       LEFT JOIN sellers AS s ON s.seller_id = p.seller_id
       LEFT JOIN product_stocks AS k ON k.product_id = p.product_id
      ${rest}`,
    bindings,
  );
  return rows.map((row) => ({
    productId: row.product_id,
    sellerId: row.seller_id,
    sellerName: row.seller_name,
    name: row.name,
    description: row.description,
    price: BigInt(row.price),
    category: row.category,
    isTaxFree: row.is_tax_free === 1,
    status: row.status,
    version: row.version,
    stock: stockOf(row),
    createdAt: fromSqlInstant(row.created_at),
    changedAt: fromSqlInstant(row.changed_at),
  }));
}

function stockOf({ is_stocked: isStocked, available, reserved, sold, oversold }: ProductRow): Stock | null {
  if (isStocked === 0) return null;
  return {
    available: available ?? 0,
    reserved: reserved ?? 0,
    sold: Number(sold ?? 0),
    oversold: Number(oversold ?? 0),
  };
}
