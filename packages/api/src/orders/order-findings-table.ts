import type { Knex } from 'knex';
import { execute, toSqlInstant } from '../database/statements.ts';

/** What an operator has to look at. */
export interface Finding {
  readonly orderId: string;
  readonly paymentKey: string;
  readonly kind: 'paid_after_end' | 'paid_twice' | 'oversold';
  readonly details: Readonly<Record<string, unknown>>;
}

export async function insertFinding(trx: Knex.Transaction, finding: Finding, now: Date): Promise<void> {
  await execute(
    trx,
    'INSERT INTO order_findings (order_id, payment_key, kind, details, noticed_at) VALUES (?, ?, ?, ?, ?)',
    [finding.orderId, finding.paymentKey, finding.kind, JSON.stringify(finding.details), toSqlInstant(now)],
  );
}
