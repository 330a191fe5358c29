import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Order, OrderLine } from './order.ts';
import { ORDER_STATUSES, type OrderStatus } from './transitions.ts';

/** An order's line as it is stored: money as text. */
type StoredLine = Omit<OrderLine, 'unitPrice' | 'amount'> & { unitPrice: string; amount: string };

/** One statement, which commits by itself where no transaction is open. */
export async function insertOrders(db: Knex, orders: readonly Order[]): Promise<void> {
  await execute(
    db,
    `INSERT INTO orders (order_id, buyer_id, cart_id, status, amount, tax_free_amount, currency, order_name, order_lines,
                         created_at, expires_at)
     VALUES ?`,
    [
      orders.map((order) => [
        order.orderId,
        order.buyerId,
        order.cartId,
        'awaiting_payment',
        order.amount.toString(),
        order.taxFreeAmount.toString(),
        order.currency,
        order.orderName,
        JSON.stringify(order.lines.map(toStoredLine)),
        toSqlInstant(order.createdAt),
        order.expiresAt === null ? null : toSqlInstant(order.expiresAt),
      ]),
    ],
  );
}

function toStoredLine(line: OrderLine): StoredLine {
  return { ...line, unitPrice: line.unitPrice.toString(), amount: line.amount.toString() };
}

interface OrdersQuery {
  readonly limit: number;
  /** Only orders of before this one. */
  readonly before: string;
}

/** Beyond all ids of orders, which are UUIDv7. */
export const BEYOND_ALL_ORDERS = 'g';

/** An order, and what has become of it. */
export interface StoredOrder extends Order {
  readonly status: OrderStatus;
}

export async function findOrder(db: Knex, orderId: string): Promise<StoredOrder | undefined> {
  const [row] = await selectRows<OrderRow>(db, `SELECT ${COLUMNS} FROM orders WHERE order_id = ?`, [orderId]);
  return row === undefined ? undefined : toOrder(row);
}

/** A buyer's orders, newest first, all or of one status. One more than `limit`, where there is one. */
export async function listOfBuyer(
  db: Knex,
  {
    buyerId,
    status,
    limit,
    before,
  }: OrdersQuery & { readonly buyerId: number; readonly status?: OrderStatus | undefined },
): Promise<StoredOrder[]> {
  // The index leads with the status, so each status is a range of its own, read from its end.
  const statuses = status === undefined ? ORDER_STATUSES : [status];
  const range = `(SELECT order_id FROM orders WHERE buyer_id = ? AND status = ? AND order_id < ?
                   ORDER BY order_id DESC LIMIT ?)`;
  const rows = await selectRows<OrderRow>(
    db,
    `SELECT ${COLUMNS}
       FROM (${statuses.map(() => range).join(' UNION ALL ')} ORDER BY order_id DESC LIMIT ?) AS page
       JOIN orders USING (order_id) ORDER BY order_id DESC`,
    [...statuses.flatMap((one) => [buyerId, one, before, limit + 1]), limit + 1],
  );
  return rows.map(toOrder);
}

/** The paid orders that have lines of a seller, newest first. One more than `limit`, where there is one. */
export async function listSoldBy(
  db: Knex,
  { sellerId, limit, before }: OrdersQuery & { readonly sellerId: number },
): Promise<StoredOrder[]> {
  const rows = await selectRows<OrderRow>(
    db,
    `SELECT ${COLUMNS}
       FROM (SELECT order_id FROM order_sellers WHERE seller_id = ? AND order_id < ? ORDER BY order_id DESC LIMIT ?) AS page
       JOIN orders USING (order_id) ORDER BY order_id DESC`,
    [sellerId, before, limit + 1],
  );
  return rows.map(toOrder);
}

/** A paid order that has lines of this seller. */
export async function findSoldBy(
  db: Knex,
  { sellerId, orderId }: { readonly sellerId: number; readonly orderId: string },
): Promise<StoredOrder | undefined> {
  const [row] = await selectRows<OrderRow>(
    db,
    `SELECT ${COLUMNS} FROM order_sellers JOIN orders USING (order_id) WHERE seller_id = ? AND order_id = ?`,
    [sellerId, orderId],
  );
  return row === undefined ? undefined : toOrder(row);
}

/** As findOrder, and nobody changes it before the transaction ends: neither a claim, nor a cancel, nor its expiry. */
export async function lockOrder(trx: Knex.Transaction, orderId: string): Promise<StoredOrder | undefined> {
  const [row] = await selectRows<OrderRow>(
    trx,
    `SELECT ${COLUMNS} FROM orders WHERE order_id = ? FOR UPDATE`,
    [orderId],
  );
  return row === undefined ? undefined : toOrder(row);
}

/** Locks up to `limit` orders that nobody has paid in time; those that others hold now are left for the next round. */
export async function lockExpired(
  trx: Knex.Transaction,
  { now, limit }: { now: Date; limit: number },
): Promise<StoredOrder[]> {
  const rows = await selectRows<OrderRow>(
    trx,
    `SELECT ${COLUMNS} FROM orders AS o
      WHERE o.status = 'awaiting_payment' AND o.expires_at <= ?
        AND NOT EXISTS (SELECT 1 FROM payments AS p WHERE p.open_order_id = o.order_id)
      ORDER BY o.expires_at LIMIT ? FOR UPDATE OF o SKIP LOCKED`,
    [toSqlInstant(now), limit],
  );
  return rows.map(toOrder);
}

/** Writes the status of orders that the caller has locked. */
export async function writeStatus(
  trx: Knex.Transaction,
  orderIds: readonly string[],
  status: OrderStatus,
): Promise<void> {
  await execute(trx, 'UPDATE orders SET status = ? WHERE order_id IN (?)', [status, orderIds]);
}

/** The lines of an order that is there. */
export async function readOrderLines(db: Knex, orderId: string): Promise<OrderLine[]> {
  return (await readLinesOfOrders(db, [orderId])).get(orderId) ?? [];
}

/** The lines of orders, by order id. */
export async function readLinesOfOrders(
  db: Knex,
  orderIds: readonly string[],
): Promise<Map<string, OrderLine[]>> {
  const rows = await selectRows<{ order_id: string; order_lines: string }>(
    db,
    'SELECT order_id, CAST(order_lines AS CHAR) AS order_lines FROM orders WHERE order_id IN (?)',
    [orderIds],
  );
  return new Map(rows.map((row) => [row.order_id, parseLines(row.order_lines)]));
}

const COLUMNS = `order_id, buyer_id, cart_id, status, amount, tax_free_amount, currency, order_name,
            CAST(order_lines AS CHAR) AS order_lines, created_at, expires_at`;

interface OrderRow {
  order_id: string;
  buyer_id: number;
  cart_id: number;
  status: OrderStatus;
  amount: string;
  tax_free_amount: string;
  currency: 'KRW';
  order_name: string;
  order_lines: string;
  created_at: string;
  expires_at: string | null;
}

function toOrder(row: OrderRow): StoredOrder {
  return {
    orderId: row.order_id,
    buyerId: row.buyer_id,
    cartId: row.cart_id,
    status: row.status,
    amount: BigInt(row.amount),
    taxFreeAmount: BigInt(row.tax_free_amount),
    currency: row.currency,
    orderName: row.order_name,
    lines: parseLines(row.order_lines),
    createdAt: fromSqlInstant(row.created_at),
    expiresAt: row.expires_at === null ? null : fromSqlInstant(row.expires_at),
  };
}

function parseLines(json: string): OrderLine[] {
  return (JSON.parse(json) as StoredLine[]).map((line) => ({
    ...line,
    unitPrice: BigInt(line.unitPrice),
    amount: BigInt(line.amount),
  }));
}
