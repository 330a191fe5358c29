import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { type Check, MOST_FINDINGS } from './finding.ts';

interface BreachRow {
  code: string;
  sequence: string;
  entry_id: Buffer;
  balance: string;
  bound: string;
}

/**
 * Invariant 3: no entry took an account further beyond a limit that was in force when it was posted, unless somebody let it, or it
 * captured what had been held within the limits. What open holds took away then is not stored, so this is held against the
 * posted balance. An account may stand on both sides of an entry: the balance after its last line counts, and what its lines
 * come to together.
 */
export async function checkLimits(trx: Knex, ledgerId: number): Promise<Check> {
  const rows = await selectRows<BreachRow>(
    trx,
    `SELECT t.code, CAST(t.sequence AS CHAR) AS sequence, t.entry_id, CAST(t.posted AS CHAR) AS balance,
            CAST(IF(t.posted < t.floor, t.floor, t.ceiling) AS CHAR) AS bound
       FROM (SELECT a.code, l.account_id, l.sequence, l.entry_id, l.amount, c.floor, c.ceiling,
                    IF(a.type IN ('asset', 'expense'), 1, -1) AS side, IF(a.type IN ('asset', 'expense'), l.balance, -l.balance) AS posted
               FROM account_changes AS c
               JOIN accounts AS a ON a.ledger_id = c.ledger_id AND a.account_id = c.account_id
               LEFT JOIN account_changes AS n ON n.ledger_id = c.ledger_id AND n.account_id = c.account_id AND n.number = c.number + 1
               JOIN journal_lines AS l FORCE INDEX (PRIMARY)
                 ON l.ledger_id = c.ledger_id AND l.account_id = c.account_id AND l.sequence > c.last_sequence
                AND l.sequence <= COALESCE(n.last_sequence, 18446744073709551615)
              WHERE c.ledger_id = ? AND (c.floor IS NOT NULL OR c.ceiling IS NOT NULL)
             HAVING posted < c.floor OR posted > c.ceiling) AS t
       JOIN journal_entries AS e ON e.ledger_id = ? AND e.entry_id = t.entry_id
       LEFT JOIN journal_lines AS p
         ON p.ledger_id = ? AND p.account_id = t.account_id AND p.sequence = t.sequence - 1 AND p.entry_id = t.entry_id
       LEFT JOIN journal_lines AS x
         ON x.ledger_id = ? AND x.account_id = t.account_id AND x.sequence = t.sequence + 1 AND x.entry_id = t.entry_id
      WHERE e.limit_override IS NULL AND e.captures_hold_id IS NULL AND x.entry_id IS NULL
        AND IF(t.posted < t.floor, -1, 1) * t.side * (t.amount + COALESCE(p.amount, 0)) > 0
      LIMIT ?`,
    [ledgerId, ledgerId, ledgerId, ledgerId, MOST_FINDINGS],
  );
  return {
    counted: {},
    findings: rows.map(({ code, sequence, entry_id, balance, bound }) => ({
      invariant: 3,
      where: `account ${code}, line ${sequence}`,
      detail: `entry ${toEntryId(entry_id)} took it to ${balance}, beyond its limit of ${bound} (minor units)`,
    })),
  };
}
