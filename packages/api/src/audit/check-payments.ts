import type { Check } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { toSqlInstant } from '../database/statements.ts';
import { countRows, findWrong } from './wrong-rows.ts';

/**
 * Of invariant 6: a payment is of its order's amount, and the order is what its payment makes of it; and none whose outcome is open was
 * left alone. That the provider approved no other is for the provider to say: check-provider.ts asks it.
 */
export async function checkPayments(
  trx: Knex,
  { settledBefore }: { readonly settledBefore: Date },
): Promise<Check> {
  const atOdds = await findWrong(trx, {
    invariant: 6,
    of: 'payment',
    sql: `SELECT p.payment_key AS id,
                 CASE
                   WHEN o.order_id IS NULL THEN 'is of an order that is not there'
                   WHEN p.amount <> o.amount OR p.currency <> o.currency
                     THEN CONCAT('is of ', p.amount, ', and its order of ', o.amount)
                   WHEN p.refunded > 0 AND p.status <> 'done' THEN CONCAT('has given back ', p.refunded, ', and is ', p.status)
                   WHEN p.status = 'done' AND f.kind IS NOT NULL
                     THEN IF(p.open_order_id IS NULL, NULL, 'has an order that another has paid')
                   WHEN p.status = 'done' AND p.open_order_id IS NULL THEN 'is done, and does not have its order'
                   WHEN p.status = 'done'
                     AND o.status <> CASE p.refunded WHEN 0 THEN 'paid' WHEN p.amount THEN 'cancelled' ELSE 'partially_cancelled' END
                     THEN CONCAT('is done, with ', p.refunded, ' of ', p.amount, ' given back, and its order is ', o.status)
                   WHEN p.status = 'confirming' AND p.open_order_id IS NOT NULL AND o.status <> 'awaiting_payment'
                     THEN CONCAT('is confirming, and its order is ', o.status)
                   WHEN p.status IN ('refused', 'released') AND p.open_order_id IS NOT NULL
                     THEN CONCAT('is ', p.status, ', and still has its order')
                 END AS detail
            FROM payments AS p
            LEFT JOIN orders AS o ON o.order_id = p.order_id
            LEFT JOIN order_findings AS f
              ON f.order_id = p.order_id AND f.payment_key = p.payment_key AND f.kind = 'paid_twice'
          HAVING detail IS NOT NULL`,
  });
  const leftOpen = await findWrong(trx, {
    invariant: 6,
    of: 'payment',
    sql: `SELECT payment_key AS id, CONCAT('waits for recovery since ', recover_at, ' UTC') AS detail
            FROM payments WHERE status = 'confirming' AND recover_at <= ? ORDER BY recover_at`,
    bindings: [toSqlInstant(settledBefore)],
  });
  return { counted: { payments: await countRows(trx, 'payments') }, findings: [...atOdds, ...leftOpen] };
}
