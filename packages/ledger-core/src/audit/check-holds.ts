import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { toHoldId } from '../journal/entry-id.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** The part of invariant 2 that is about money set aside: pending totals are the open holds', and captures are within their hold. */
export async function checkHolds(trx: Knex, ledgerId: number): Promise<Check> {
  return {
    counted: {},
    findings: [
      ...(await findWrongPending(trx, ledgerId)),
      ...(await findWrongRemaining(trx, ledgerId)),
      ...(await findStrayCaptures(trx, ledgerId)),
    ],
  };
}

async function findWrongPending(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{
    code: string;
    pending_debit: string;
    pending_credit: string;
    held_debit: string;
    held_credit: string;
  }>(
    trx,
    `SELECT a.code, CAST(b.pending_debit AS CHAR) AS pending_debit, CAST(b.pending_credit AS CHAR) AS pending_credit,
            CAST(COALESCE(h.debit, 0) AS CHAR) AS held_debit, CAST(COALESCE(h.credit, 0) AS CHAR) AS held_credit
       FROM account_balances AS b
       JOIN accounts AS a ON a.ledger_id = b.ledger_id AND a.account_id = b.account_id
       LEFT JOIN (
         SELECT account_id, SUM(GREATEST(remaining, 0)) AS debit, SUM(GREATEST(-remaining, 0)) AS credit
           FROM hold_lines
          WHERE ledger_id = ?
          GROUP BY account_id
       ) AS h ON h.account_id = b.account_id
      WHERE b.ledger_id = ? AND (b.pending_debit <> COALESCE(h.debit, 0) OR b.pending_credit <> COALESCE(h.credit, 0))
      LIMIT ?`,
    [ledgerId, ledgerId, MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 2,
    where: `account ${row.code}`,
    detail: `pending totals are ${row.pending_debit} debit and ${row.pending_credit} credit, its open holds come to ${row.held_debit} and ${row.held_credit} (minor units)`,
  }));
}

/** By hold, account and side, what entries have captured. */
const CAPTURED = `SELECT e.captures_hold_id AS hold_id, l.account_id, SIGN(l.amount) AS side, SUM(l.amount) AS amount
           FROM journal_entries AS e
           JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
          WHERE e.ledger_id = ? AND e.captures_hold_id IS NOT NULL
          GROUP BY e.captures_hold_id, l.account_id, SIGN(l.amount)`;

/** What remains of an open hold is what was not captured; of one that is over, nothing: its last capture may have given back the rest. */
async function findWrongRemaining(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{
    hold_id: Buffer;
    line_number: number;
    status: string;
    amount: string;
    remaining: string;
    captured: string;
  }>(
    trx,
    `SELECT h.hold_id, h.line_number, o.status, CAST(h.amount AS CHAR) AS amount, CAST(h.remaining AS CHAR) AS remaining,
            CAST(COALESCE(c.amount, 0) AS CHAR) AS captured
       FROM hold_lines AS h
       JOIN holds AS o ON o.ledger_id = h.ledger_id AND o.hold_id = h.hold_id
       LEFT JOIN (${CAPTURED}) AS c ON c.hold_id = h.hold_id AND c.account_id = h.account_id AND c.side = SIGN(h.amount)
      WHERE h.ledger_id = ?
        AND (ABS(COALESCE(c.amount, 0)) > ABS(h.amount)
          OR o.status <> 'open' AND h.remaining <> 0
          OR o.status = 'open' AND h.amount - h.remaining <> COALESCE(c.amount, 0))
      LIMIT ?`,
    [ledgerId, ledgerId, MOST_FINDINGS],
  );
  return rows.map((row) => ({
    invariant: 2,
    where: `hold ${toHoldId(row.hold_id)}, line ${row.line_number}`,
    detail: `is ${row.status}: of ${row.amount}, ${row.captured} were captured, and ${row.remaining} remain (minor units)`,
  }));
}

async function findStrayCaptures(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ hold_id: Buffer; code: string }>(
    trx,
    `SELECT c.hold_id, a.code
       FROM (${CAPTURED}) AS c
       JOIN accounts AS a ON a.ledger_id = ? AND a.account_id = c.account_id
       LEFT JOIN hold_lines AS h
         ON h.ledger_id = ? AND h.hold_id = c.hold_id AND h.account_id = c.account_id AND SIGN(h.amount) = c.side
      WHERE h.hold_id IS NULL
      LIMIT ?`,
    [ledgerId, ledgerId, ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ hold_id, code }) => ({
    invariant: 2,
    where: `hold ${toHoldId(hold_id)}`,
    detail: `something was captured on account ${code}, which it does not hold on that side`,
  }));
}
