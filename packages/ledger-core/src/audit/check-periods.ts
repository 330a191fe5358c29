import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import type { Day } from '../periods/business-day.ts';
import type { PeriodChange } from '../periods/period.ts';
import { findPeriodChanges, readClosedThrough, sumDays } from '../periods/periods-table.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** Invariant 9: the days that are closed are those that were decided, every account knows it, and nothing was added to them since. */
export async function checkPeriods(trx: Knex, ledgerId: number): Promise<Check> {
  const closedThrough = await readClosedThrough(trx, ledgerId);
  const [last] = await findPeriodChanges(trx, ledgerId, 1);
  return {
    counted: {},
    findings: [
      ...undecided(closedThrough, last),
      ...(await findGaps(trx, ledgerId)),
      ...(await findUntold(trx, ledgerId, closedThrough)),
      ...(await findAdded(trx, ledgerId, last)),
    ],
  };
}

function undecided(closedThrough: Day | null, last: PeriodChange | undefined): Finding[] {
  const decided = last?.closedThrough ?? null;
  if (closedThrough === decided) return [];
  return [finding(`days are closed up to ${closedThrough}, and the last recorded change left ${decided}`)];
}

async function findGaps(trx: Knex, ledgerId: number): Promise<Finding[]> {
  const rows = await selectRows<{ number: number }>(
    trx,
    `SELECT c.number
       FROM period_changes AS c
       LEFT JOIN period_changes AS p ON p.ledger_id = c.ledger_id AND p.number = c.number - 1
      WHERE c.ledger_id = ? AND c.number > 1 AND p.number IS NULL
      LIMIT ?`,
    [ledgerId, MOST_FINDINGS],
  );
  return rows.map(({ number }) => finding(`the change before change ${number} is missing`));
}

async function findUntold(trx: Knex, ledgerId: number, closedThrough: Day | null): Promise<Finding[]> {
  const rows = await selectRows<{ code: string; told: string | null }>(
    trx,
    `SELECT a.code, CAST(b.closed_through AS CHAR) AS told
       FROM account_balances AS b
       JOIN accounts AS a ON a.ledger_id = b.ledger_id AND a.account_id = b.account_id
      WHERE b.ledger_id = ? AND NOT (b.closed_through <=> ?)
      LIMIT ?`,
    [ledgerId, closedThrough, MOST_FINDINGS],
  );
  return rows.map(({ code, told }) => ({
    invariant: 9,
    where: `account ${code}`,
    detail: `takes days up to ${told} as closed, and the ledger says ${closedThrough}: the change was not carried through, ask for it again`,
  }));
}

async function findAdded(trx: Knex, ledgerId: number, last: PeriodChange | undefined): Promise<Finding[]> {
  // What was not carried through has no totals yet; its accounts are found above, unless it died at the very last step.
  if (last?.totals == null) return [];
  const now = JSON.stringify(await sumDays(trx, ledgerId, last.closedThrough));
  const then = JSON.stringify(last.totals);
  if (now === then) return [];
  return [
    finding(`the days up to ${last.closedThrough} came to ${then} when they were closed, and come to ${now}`),
  ];
}

function finding(detail: string): Finding {
  return { invariant: 9, where: 'closed days', detail };
}
