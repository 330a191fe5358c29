import type { Check } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { countRows, findWrong } from './wrong-rows.ts';

/** Of invariant 6: an order costs what its lines do, and one that is paid has its payment. */
export async function checkOrders(trx: Knex): Promise<Check> {
  const misadded = await findWrong(trx, {
    invariant: 6,
    of: 'order',
    sql: `SELECT o.order_id AS id, CONCAT('costs ', o.amount, ', and its lines ', COALESCE(l.amount, 0)) AS detail
            FROM orders AS o,
                 LATERAL (SELECT SUM(line.amount) AS amount
                            FROM JSON_TABLE(o.order_lines, '$[*]' COLUMNS (amount BIGINT PATH '$.amount')) AS line) AS l
           WHERE o.amount <> COALESCE(l.amount, 0)`,
  });
  const unpaid = await findWrong(trx, {
    invariant: 6,
    of: 'order',
    sql: `SELECT o.order_id AS id, CONCAT('is ', o.status, ', and no payment of it is done') AS detail
            FROM orders AS o
            LEFT JOIN payments AS p ON p.open_order_id = o.order_id AND p.status = 'done'
           WHERE o.status IN ('paid', 'partially_cancelled') AND p.payment_key IS NULL`,
  });
  return { counted: { orders: await countRows(trx, 'orders') }, findings: [...misadded, ...unpaid] };
}
