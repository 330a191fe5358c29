import type { Check } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { toSqlInstant } from '../database/statements.ts';
import { countRows, findWrong } from './wrong-rows.ts';

/**
 * Of invariant 6: what of a payment went back is what its cancels gave back, each begins where the one before it ended, and its sellers
 * give back all of it; and none whose outcome is open was left alone.
 */
export async function checkCancels(
  trx: Knex,
  { settledBefore }: { readonly settledBefore: Date },
): Promise<Check> {
  const misadded = await findWrong(trx, {
    invariant: 6,
    of: 'payment',
    sql: `SELECT p.payment_key AS id,
                 CONCAT('has given back ', p.refunded, ', and its cancels ', COALESCE(c.amount, 0)) AS detail
            FROM payments AS p
            LEFT JOIN (SELECT payment_key, SUM(amount) AS amount FROM cancels WHERE status = 'done' GROUP BY payment_key) AS c
              ON c.payment_key = p.payment_key
           WHERE p.refunded <> COALESCE(c.amount, 0)`,
  });
  const broken = await findWrong(trx, {
    invariant: 6,
    of: 'cancel',
    sql: `SELECT c.cancel_id AS id,
                 CASE
                   WHEN p.payment_key IS NULL OR p.status <> 'done' THEN 'is of a payment that is not done'
                   WHEN c.refundable <> p.amount - c.earlier
                     THEN CONCAT('begins at ', c.refundable, ', where ', p.amount - c.earlier, ' was left')
                   WHEN c.amount <> COALESCE(c.shared, 0)
                     THEN CONCAT('gives back ', c.amount, ', and its sellers ', COALESCE(c.shared, 0))
                 END AS detail
            FROM (SELECT d.cancel_id, d.payment_key, d.amount, d.refundable,
                         SUM(d.amount) OVER (PARTITION BY d.payment_key ORDER BY d.refundable DESC) - d.amount AS earlier,
                         (SELECT SUM(share.amount)
                            FROM JSON_TABLE(d.shares, '$[*]' COLUMNS (amount BIGINT PATH '$.amount')) AS share) AS shared
                    FROM cancels AS d WHERE d.status = 'done') AS c
            LEFT JOIN payments AS p ON p.payment_key = c.payment_key
          HAVING detail IS NOT NULL`,
  });
  const leftOpen = await findWrong(trx, {
    invariant: 6,
    of: 'cancel',
    sql: `SELECT cancel_id AS id, CONCAT('waits for recovery since ', recover_at, ' UTC') AS detail
            FROM cancels WHERE status = 'cancelling' AND recover_at <= ? ORDER BY recover_at`,
    bindings: [toSqlInstant(settledBefore)],
  });
  return {
    counted: { cancels: await countRows(trx, 'cancels') },
    findings: [...misadded, ...broken, ...leftOpen],
  };
}
