import type { Knex } from 'knex';
import { execute, fromSqlInstant, selectRows, toSqlInstant } from '../database/statements.ts';

export const FINDING_KINDS = ['paid_after_end', 'paid_twice', 'oversold'] as const;

/** What an operator has to look at. */
export interface Finding {
  readonly orderId: string;
  readonly paymentKey: string;
  readonly kind: (typeof FINDING_KINDS)[number];
  readonly details: Readonly<Record<string, unknown>>;
}

export async function insertFinding(trx: Knex.Transaction, finding: Finding, now: Date): Promise<void> {
  await execute(
    trx,
    'INSERT INTO order_findings (order_id, payment_key, kind, details, noticed_at) VALUES (?, ?, ?, ?, ?)',
    [finding.orderId, finding.paymentKey, finding.kind, JSON.stringify(finding.details), toSqlInstant(now)],
  );
}

export interface StoredFinding extends Finding {
  readonly findingId: number;
  readonly noticedAt: Date;
}

/** The findings, newest first. One more than `limit`, where there is one. */
export async function listFindings(
  db: Knex,
  { limit, before }: { readonly limit: number; readonly before: number },
): Promise<StoredFinding[]> {
  const rows = await selectRows<FindingRow>(
    db,
    `SELECT finding_id, order_id, payment_key, kind, CAST(details AS CHAR) AS details, noticed_at
       FROM order_findings WHERE finding_id < ? ORDER BY finding_id DESC LIMIT ?`,
    [before, limit + 1],
  );
  return rows.map((row) => ({
    findingId: Number(row.finding_id),
    orderId: row.order_id,
    paymentKey: row.payment_key,
    kind: row.kind,
    details: JSON.parse(row.details),
    noticedAt: fromSqlInstant(row.noticed_at),
  }));
}

interface FindingRow {
  finding_id: string;
  order_id: string;
  payment_key: string;
  kind: Finding['kind'];
  details: string;
  noticed_at: string;
}
