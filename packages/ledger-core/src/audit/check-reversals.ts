import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** The part of invariant 2 that is about reversals: never more than the entry, and on record as they were posted. */
export async function checkReversals(trx: Knex, ledgerId: number): Promise<Check> {
  return {
    counted: {},
    findings: [
      ...(await findReversedTooMuch(trx, ledgerId)),
      ...(await findRecordedOtherwise(trx, ledgerId)),
    ],
  };
}

async function findReversedTooMuch(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{
    entry_id: Buffer;
    line_number: number;
    reversed: string;
    amount: string | null;
  }>(
    trx,
    `SELECT r.entry_id, r.line_number, CAST(r.reversed AS CHAR) AS reversed, CAST(ABS(l.amount) AS CHAR) AS amount
       FROM (SELECT entry_id, line_number, SUM(amount) AS reversed
               FROM entry_reversals
              WHERE ledger_id = ?
              GROUP BY entry_id, line_number) AS r
       LEFT JOIN journal_lines AS l ON l.ledger_id = ? AND l.entry_id = r.entry_id AND l.line_number = r.line_number
      WHERE l.amount IS NULL OR r.reversed > ABS(l.amount)
      LIMIT ?`,
    [ledgerId, ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ entry_id, line_number, reversed, amount }) => ({
    invariant: 2,
    where: `entry ${toEntryId(entry_id)}, line ${line_number}`,
    detail: `${reversed} of it were reversed, and it is ${amount ?? 'not there'} (minor units)`,
  }));
}

/** Reversals whose record is not what they posted: it is what the next reversal of the same entry goes by. */
async function findRecordedOtherwise(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ entry_id: Buffer; posted: string; recorded: string }>(
    trx,
    `SELECT p.entry_id, CAST(p.posted AS CHAR) AS posted, CAST(COALESCE(r.recorded, 0) AS CHAR) AS recorded
       FROM (SELECT e.entry_id, SUM(ABS(l.amount)) AS posted
               FROM journal_entries AS e
               JOIN journal_lines AS l ON l.ledger_id = e.ledger_id AND l.entry_id = e.entry_id
              WHERE e.ledger_id = ? AND e.reverses_entry_id IS NOT NULL
              GROUP BY e.entry_id) AS p
       LEFT JOIN (SELECT reversed_by, SUM(amount) AS recorded
                    FROM entry_reversals
                   WHERE ledger_id = ?
                   GROUP BY reversed_by) AS r ON r.reversed_by = p.entry_id
      WHERE p.posted <> COALESCE(r.recorded, 0)
      LIMIT ?`,
    [ledgerId, ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ entry_id, posted, recorded }) => ({
    invariant: 2,
    where: `entry ${toEntryId(entry_id)}`,
    detail: `it reverses ${posted}, and ${recorded} are on record (minor units)`,
  }));
}
