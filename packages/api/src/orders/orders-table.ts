import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Order, OrderLine } from './order.ts';

export type OrderStatus = 'awaiting_payment' | 'paid' | 'cancelled';

/** An order's line as it is stored: money as text. */
type StoredLine = Omit<OrderLine, 'unitPrice' | 'amount'> & { unitPrice: string; amount: string };

/** One statement, which commits by itself where no transaction is open. */
export async function insertOrder(db: Knex, order: Order): Promise<void> {
  const lines = order.lines.map(
    (line): StoredLine => ({
      ...line,
      unitPrice: line.unitPrice.toString(),
      amount: line.amount.toString(),
    }),
  );
  await execute(
    db,
    `INSERT INTO orders (order_id, buyer_id, cart_id, status, amount, currency, order_name, order_lines, created_at)
     VALUES (?, ?, ?, 'awaiting_payment', ?, ?, ?, ?, ?)`,
    [
      order.orderId,
      order.buyerId,
      order.cartId,
      order.amount.toString(),
      order.currency,
      order.orderName,
      JSON.stringify(lines),
      toSqlInstant(order.createdAt),
    ],
  );
}

interface OrderRow {
  order_id: string;
  buyer_id: number;
  cart_id: number;
  status: OrderStatus;
  amount: string;
  currency: 'KRW';
  order_name: string;
  order_lines: string;
  created_at: string;
}

export async function findOrder(
  db: Knex,
  orderId: string,
): Promise<(Order & { readonly status: OrderStatus }) | undefined> {
  const [row] = await selectRows<OrderRow>(
    db,
    `SELECT order_id, buyer_id, cart_id, status, amount, currency, order_name,
            CAST(order_lines AS CHAR) AS order_lines, created_at
       FROM orders WHERE order_id = ?`,
    [orderId],
  );
  if (row === undefined) return undefined;
  return {
    orderId: row.order_id,
    buyerId: row.buyer_id,
    cartId: row.cart_id,
    status: row.status,
    amount: BigInt(row.amount),
    currency: row.currency,
    orderName: row.order_name,
    lines: parseLines(row.order_lines),
    createdAt: fromSqlInstant(row.created_at),
  };
}

/** The lines of an order that is there. */
export async function readOrderLines(db: Knex, orderId: string): Promise<OrderLine[]> {
  const [row] = await selectRows<{ order_lines: string }>(
    db,
    'SELECT CAST(order_lines AS CHAR) AS order_lines FROM orders WHERE order_id = ?',
    [orderId],
  );
  return parseLines(row?.order_lines ?? '[]');
}

function parseLines(json: string): OrderLine[] {
  return (JSON.parse(json) as StoredLine[]).map((line) => ({
    ...line,
    unitPrice: BigInt(line.unitPrice),
    amount: BigInt(line.amount),
  }));
}
