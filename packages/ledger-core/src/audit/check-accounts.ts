import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

interface TotalsRow {
  code: string;
  posted_debit: string;
  posted_credit: string;
  last_sequence: string;
  lines_debit: string | null;
  lines_credit: string | null;
  lines_found: string;
  highest_sequence: string | null;
}

/** Invariant 2: an account's totals equal the sum of its lines, which are numbered without a gap, each running balance continuing the one before. */
export async function checkAccounts(trx: Knex, ledgerId: number): Promise<Check> {
  const totals = await readTotals(trx, ledgerId);
  const findings = totals.flatMap(wrongTotals).slice(0, MOST_FINDINGS);
  findings.push(...(await findBrokenRuns(trx, ledgerId)));
  const lines = totals.reduce((sum, row) => sum + Number(row.lines_found), 0);
  return { counted: { accounts: totals.length, lines }, findings };
}

function wrongTotals(row: TotalsRow): Finding[] {
  const where = `account ${row.code}`;
  const found: Finding[] = [];
  const [debit, credit] = [row.lines_debit ?? '0', row.lines_credit ?? '0'];
  if (row.posted_debit !== debit || row.posted_credit !== credit) {
    const detail = `totals are ${row.posted_debit} debit and ${row.posted_credit} credit, its lines sum to ${debit} and ${credit} (minor units)`;
    found.push({ invariant: 2, where, detail });
  }
  if (row.last_sequence !== (row.highest_sequence ?? '0') || row.last_sequence !== row.lines_found) {
    const detail = `is at sequence ${row.last_sequence}, and has ${row.lines_found} lines up to ${row.highest_sequence ?? 0}`;
    found.push({ invariant: 2, where, detail });
  }
  return found;
}

function readTotals(trx: Knex, ledgerId: number): Promise<TotalsRow[]> {
  return selectRows<TotalsRow>(
    trx,
    `SELECT a.code, CAST(b.posted_debit AS CHAR) AS posted_debit, CAST(b.posted_credit AS CHAR) AS posted_credit,
            CAST(b.last_sequence AS CHAR) AS last_sequence, l.lines_debit, l.lines_credit,
            CAST(COALESCE(l.lines_found, 0) AS CHAR) AS lines_found, l.highest_sequence
       FROM accounts AS a
       JOIN account_balances AS b ON b.ledger_id = a.ledger_id AND b.account_id = a.account_id
       LEFT JOIN (
         SELECT account_id, CAST(SUM(GREATEST(amount, 0)) AS CHAR) AS lines_debit, CAST(SUM(GREATEST(-amount, 0)) AS CHAR) AS lines_credit,
                COUNT(*) AS lines_found, CAST(MAX(sequence) AS CHAR) AS highest_sequence
           FROM journal_lines
          WHERE ledger_id = ?
          GROUP BY account_id
       ) AS l ON l.account_id = a.account_id
      WHERE a.ledger_id = ?
      ORDER BY a.code`,
    [ledgerId, ledgerId],
  );
}

/** A merge along the primary key: each line beside the one before it. */
async function findBrokenRuns(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ code: string; sequence: string; balance: string; expected: string }>(
    trx,
    `SELECT a.code, CAST(l.sequence AS CHAR) AS sequence, CAST(l.balance AS CHAR) AS balance,
            CAST(COALESCE(p.balance, 0) + l.amount AS CHAR) AS expected
       FROM journal_lines AS l
       LEFT JOIN journal_lines AS p ON p.ledger_id = l.ledger_id AND p.account_id = l.account_id AND p.sequence = l.sequence - 1
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE l.ledger_id = ? AND l.balance <> COALESCE(p.balance, 0) + l.amount
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ code, sequence, balance, expected }) => ({
    invariant: 2,
    where: `account ${code}, line ${sequence}`,
    detail: `running balance is ${balance}, and must be ${expected} (minor units)`,
  }));
}
