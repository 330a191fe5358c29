import { seqOfPlace } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';

/** Something that was recorded of an order's payment, and the instant under which its event was written. */
export interface Recorded {
  readonly paymentKey: string;
  readonly at: Date;
}

/** What was recorded of an order, the earliest first: payments that were approved, and what was given back of them. */
export async function readRecorded(db: Knex, orderId: string): Promise<Recorded[]> {
  const rows = await selectRows<{ payment_key: string; recorded_at: string }>(
    db,
    `SELECT p.payment_key, CAST(p.finished_at AS CHAR) AS recorded_at FROM payments AS p
      WHERE p.order_id = ? AND p.status = 'done'
      UNION ALL
     SELECT p.payment_key, CAST(c.finished_at AS CHAR) AS recorded_at
       FROM payments AS p JOIN cancels AS c ON c.payment_key = p.payment_key
      WHERE p.order_id = ? AND c.status = 'done'
      ORDER BY recorded_at`,
    [orderId, orderId],
  );
  return rows.map((row) => ({ paymentKey: row.payment_key, at: fromSqlInstant(row.recorded_at) }));
}

/** How far an event may lie behind the first of its instant: rows of transactions that took a while are out of order. */
const SEQS_LOOKED_AT = 5_000;

/**
 * The outbox seq of what was recorded. The outbox has no index by what an event is about, which every payment would pay for; its rows are
 * found by their time. Undefined where the row is no longer there.
 */
export async function findSeq(
  db: Knex,
  ledger: string,
  { paymentKey, at }: Recorded,
): Promise<string | undefined> {
  const from = await seqOfPlace(db, ledger, { instant: at }, 'from');
  const [row] = await selectRows<{ seq: string }>(
    db,
    `SELECT CAST(seq AS CHAR) AS seq FROM outbox
      WHERE seq BETWEEN ? AND ? AND created_at = ? AND aggregate_type = 'payment' AND aggregate_id = ?
      ORDER BY outbox.seq LIMIT 1`,
    [from.toString(), (from + BigInt(SEQS_LOOKED_AT)).toString(), toSqlInstant(at), paymentKey],
  );
  return row?.seq;
}
