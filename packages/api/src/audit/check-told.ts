import { type Check, lastTrimmedSeq } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';
import { findWrong } from './wrong-rows.ts';

/** Events lie in the outbox in about the order of their times; within this of its beginning, one may have left it already. */
const BEGINNING_HOURS = 1;

/** What events of a type say, once for each id: a payload that cannot be read says nothing. */
const toldOf = (id: string) => `
  (SELECT ${id} AS id, COUNT(*) AS times, MAX(seq) AS seq,
          MAX(IF(JSON_VALID(payload), JSON_UNQUOTE(JSON_EXTRACT(payload, '$.amount')), NULL)) AS amount
     FROM outbox WHERE event_type = ? GROUP BY 1)`;
const TOLD_PAYMENTS = toldOf('CONVERT(aggregate_id USING ascii) COLLATE ascii_bin');
const TOLD_CANCELS = toldOf(
  `CONVERT(IF(JSON_VALID(payload), JSON_UNQUOTE(JSON_EXTRACT(payload, '$.cancelId')), '') USING ascii) COLLATE ascii_bin`,
);

/**
 * Of invariant 6: each payment and each cancel that is done was told to the ledger by one event, of its amount, and nothing else was. What
 * has left the outbox is in its archive, which is not read here.
 */
export async function checkTold(trx: Knex): Promise<Check> {
  const since = await wholeSince(trx);
  const checks = [
    { of: 'payment', table: 'payments', id: 'payment_key', type: 'PaymentConfirmed', told: TOLD_PAYMENTS },
    { of: 'cancel', table: 'cancels', id: 'cancel_id', type: 'PaymentCancelled', told: TOLD_CANCELS },
  ];
  const findings = [];
  for (const { of, table, id, type, told } of checks) {
    const untold = await findWrong(trx, {
      invariant: 6,
      of,
      sql: `SELECT t.${id} AS id, CONCAT('is done, and no ${type} tells of it') AS detail
              FROM ${table} AS t LEFT JOIN ${told} AS e ON e.id = t.${id}
             WHERE t.status = 'done' AND t.finished_at >= ? AND e.id IS NULL`,
      bindings: [type, since],
    });
    const untrue = await findWrong(trx, {
      invariant: 6,
      of: 'outbox',
      sql: `SELECT e.seq AS id,
                   CASE
                     WHEN t.${id} IS NULL OR t.status <> 'done' THEN CONCAT('tells of ${of} ', e.id, ', which is not done')
                     WHEN e.times > 1 THEN CONCAT('tells of ${of} ', e.id, ', as ', e.times - 1, ' others do')
                     WHEN NOT (e.amount <=> CAST(t.amount AS CHAR))
                       THEN CONCAT('tells of ${of} ', e.id, ' as of ', COALESCE(e.amount, 'nothing'), ', which is of ', t.amount)
                   END AS detail
              FROM ${told} AS e LEFT JOIN ${table} AS t ON t.${id} = e.id
            HAVING detail IS NOT NULL`,
      bindings: [type],
    });
    findings.push(...untold, ...untrue);
  }
  return { counted: {}, findings };
}

/** From when on every event is in the outbox. */
async function wholeSince(trx: Knex): Promise<string> {
  const trimmed = await lastTrimmedSeq(trx);
  if (trimmed === 0n) return '1970-01-01';
  const [first] = await selectRows<{ since: string }>(
    trx,
    `SELECT CAST(created_at + INTERVAL ? HOUR AS CHAR) AS since FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1`,
    [BEGINNING_HOURS, trimmed.toString()],
  );
  return first?.since ?? '9999-12-31';
}
