import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { formatMinor } from '../money/money.ts';
import { type Check, MOST_FINDINGS } from './finding.ts';

/**
 * Invariant 7: debits equal credits at every date and every known-as-of. That follows when they are equal for each pair of an
 * effective and a booked day, since every such report sums whole pairs (and single entries, which balance by invariant 1).
 */
export async function checkTrialBalance(trx: Knex, ledgerId: number): Promise<Check> {
  const rows = await selectRows<{
    currency: string;
    effective_day: string;
    booked_day: string;
    difference: string;
  }>(
    trx,
    `SELECT a.currency, CAST(d.effective_day AS CHAR) AS effective_day, CAST(d.booked_day AS CHAR) AS booked_day,
            CAST(SUM(d.debit) - SUM(d.credit) AS CHAR) AS difference
       FROM account_turnovers AS d
       JOIN accounts AS a ON a.ledger_id = d.ledger_id AND a.account_id = d.account_id
      WHERE d.ledger_id = ?
      GROUP BY a.currency, d.effective_day, d.booked_day
     HAVING SUM(d.debit) <> SUM(d.credit)
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return {
    counted: {},
    findings: rows.map((row) => ({
      invariant: 7,
      where: `effective ${row.effective_day}, booked ${row.booked_day}`,
      detail: `debits less credits in ${row.currency} are ${formatMinor(BigInt(row.difference), row.currency)}`,
    })),
  };
}
