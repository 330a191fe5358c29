import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** The part of invariant 3 that says: limits and status are what was decided last, and nothing was posted to an account that was not open. */
export async function checkAccountChanges(trx: Knex, ledgerId: number): Promise<Check> {
  const findings = [
    ...(await findUndecided(trx, ledgerId)),
    ...(await findGaps(trx, ledgerId)),
    ...(await findPostedWhileNotOpen(trx, ledgerId)),
  ];
  return { counted: {}, findings };
}

async function findUndecided(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ code: string }>(
    trx,
    `SELECT a.code
       FROM account_balances AS b
       JOIN accounts AS a ON a.ledger_id = b.ledger_id AND a.account_id = b.account_id
       LEFT JOIN account_changes AS c ON c.ledger_id = b.ledger_id AND c.account_id = b.account_id AND c.number = (
              SELECT MAX(m.number) FROM account_changes AS m WHERE m.ledger_id = b.ledger_id AND m.account_id = b.account_id
            )
      WHERE b.ledger_id = ?
        AND NOT (b.status <=> COALESCE(c.status, 'open') AND b.floor <=> c.floor AND b.ceiling <=> c.ceiling)
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ code }) => ({
    invariant: 3,
    where: `account ${code}`,
    detail: 'has another status, or other limits, than its last recorded change left',
  }));
}

async function findGaps(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ code: string; number: number }>(
    trx,
    `SELECT a.code, c.number
       FROM account_changes AS c
       JOIN accounts AS a ON a.ledger_id = c.ledger_id AND a.account_id = c.account_id
       LEFT JOIN account_changes AS p ON p.ledger_id = c.ledger_id AND p.account_id = c.account_id AND p.number = c.number - 1
      WHERE c.ledger_id = ? AND c.number > 1 AND p.number IS NULL
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ code, number }) => ({
    invariant: 3,
    where: `account ${code}, change ${number}`,
    detail: 'the change before it is missing',
  }));
}

async function findPostedWhileNotOpen(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ code: string; number: number; status: string }>(
    trx,
    `SELECT a.code, c.number, c.status
       FROM account_changes AS c
       JOIN account_balances AS b ON b.ledger_id = c.ledger_id AND b.account_id = c.account_id
       JOIN accounts AS a ON a.ledger_id = c.ledger_id AND a.account_id = c.account_id
       LEFT JOIN account_changes AS n ON n.ledger_id = c.ledger_id AND n.account_id = c.account_id AND n.number = c.number + 1
      WHERE c.ledger_id = ? AND c.status <> 'open' AND COALESCE(n.last_sequence, b.last_sequence) <> c.last_sequence
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ code, number, status }) => ({
    invariant: 3,
    where: `account ${code}, change ${number}`,
    detail: `the account was ${status}, and was posted to`,
  }));
}
