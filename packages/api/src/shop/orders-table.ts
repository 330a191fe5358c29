import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';
import type { Order, OrderLine } from './order.ts';

export type OrderStatus = 'awaiting_payment' | 'paid' | 'cancelled';

export async function insertOrder(trx: Knex.Transaction, order: Order): Promise<void> {
  await execute(
    trx,
    `INSERT INTO orders (order_id, buyer_id, cart_id, status, amount, currency, order_name, created_at)
     VALUES (?, ?, ?, 'awaiting_payment', ?, ?, ?, ?)`,
    [
      order.orderId,
      order.buyerId,
      order.cartId,
      order.amount.toString(),
      order.currency,
      order.orderName,
      toSqlInstant(order.createdAt),
    ],
  );
  const lines = order.lines.map((line) => [
    order.orderId,
    line.lineNumber,
    line.productId,
    line.sellerId,
    line.name,
    line.quantity,
    line.unitPrice.toString(),
    line.amount.toString(),
  ]);
  await execute(
    trx,
    `INSERT INTO order_lines (order_id, line_number, product_id, seller_id, name, quantity, unit_price, amount)
     VALUES ?`,
    [lines],
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
  created_at: string;
}

interface LineRow {
  line_number: number;
  product_id: number;
  seller_id: number;
  name: string;
  quantity: number;
  unit_price: string;
  amount: string;
}

export async function findOrder(
  db: Knex,
  orderId: string,
): Promise<(Order & { readonly status: OrderStatus }) | undefined> {
  const [[row], lines] = await Promise.all([
    selectRows<OrderRow>(
      db,
      `SELECT order_id, buyer_id, cart_id, status, amount, currency, order_name, created_at
         FROM orders WHERE order_id = ?`,
      [orderId],
    ),
    selectRows<LineRow>(
      db,
      `SELECT line_number, product_id, seller_id, name, quantity, unit_price, amount
         FROM order_lines WHERE order_id = ? ORDER BY line_number`,
      [orderId],
    ),
  ]);
  if (row === undefined) return undefined;
  return {
    orderId: row.order_id,
    buyerId: row.buyer_id,
    cartId: row.cart_id,
    status: row.status,
    amount: BigInt(row.amount),
    currency: row.currency,
    orderName: row.order_name,
    lines: lines.map(toLine),
    createdAt: fromSqlInstant(row.created_at),
  };
}

function toLine(row: LineRow): OrderLine {
  return {
    lineNumber: row.line_number,
    productId: row.product_id,
    sellerId: row.seller_id,
    name: row.name,
    quantity: row.quantity,
    unitPrice: BigInt(row.unit_price),
    amount: BigInt(row.amount),
  };
}
