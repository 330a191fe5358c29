import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { formatMinor } from '../money/money.ts';
import type { Day } from './business-day.ts';
import type { PeriodChange, PeriodDecision, PeriodTotal } from './period.ts';

/**
 * The last closed day. `share` keeps it as it is until the transaction ends, whatever the caller's isolation shows; `update` keeps
 * others from even that.
 */
export async function readClosedThrough(
  db: Knex,
  ledgerId: number,
  lock?: 'share' | 'update',
): Promise<Day | null> {
  const suffix = lock === undefined ? '' : ` FOR ${lock.toUpperCase()}`;
  const [row] = await selectRows<{ closed_through: Day | null }>(
    db,
    `SELECT CAST(closed_through AS CHAR) AS closed_through FROM ledgers WHERE ledger_id = ?${suffix}`,
    [ledgerId],
  );
  return row?.closed_through ?? null;
}

export interface NewPeriodChange {
  readonly action: PeriodChange['action'];
  readonly closedThrough: Day | null;
  readonly decision: PeriodDecision;
  readonly changedAt: Date;
}

/** Writes the change and its record. The ledger's row must be locked, so that the numbers have no gap and no twin. */
export async function writePeriodChange(
  trx: Knex,
  ledgerId: number,
  { action, closedThrough, decision, changedAt }: NewPeriodChange,
): Promise<void> {
  await trx.raw('UPDATE ledgers SET closed_through = ? WHERE ledger_id = ?', [closedThrough, ledgerId]);
  const number = (await lastPeriodNumber(trx, ledgerId)) + 1;
  await insertRows(
    trx,
    'period_changes',
    ['ledger_id', 'number', 'action', 'closed_through', 'changed_at', 'changed_by', 'reason'],
    [[ledgerId, number, action, closedThrough, toSqlInstant(changedAt), decision.by, decision.reason]],
  );
}

/** 0 where nothing was ever closed. */
export async function lastPeriodNumber(db: Knex, ledgerId: number): Promise<number> {
  const [row] = await selectRows<{ number: number | null }>(
    db,
    'SELECT MAX(number) AS number FROM period_changes WHERE ledger_id = ?',
    [ledgerId],
  );
  return row?.number ?? 0;
}

/** The last of the next accounts in id order, so many of them; undefined where there is none. */
export async function findBatchEnd(
  db: Knex,
  ledgerId: number,
  after: string,
  size: number,
): Promise<string | undefined> {
  const [row] = await selectRows<{ last: string | null }>(
    db,
    `SELECT CAST(MAX(b.account_id) AS CHAR) AS last
       FROM (SELECT account_id FROM account_balances FORCE INDEX (PRIMARY)
              WHERE ledger_id = ? AND account_id > ? ORDER BY account_id LIMIT ?) AS b`,
    [ledgerId, after, size],
  );
  return row?.last ?? undefined;
}

/** Tells these accounts which days are closed. It waits for postings that hold their locks. */
export async function spreadClosedThrough(
  trx: Knex,
  ledgerId: number,
  { after, upTo }: { after: string; upTo: string },
  closedThrough: Day | null,
): Promise<void> {
  await trx.raw(
    `UPDATE account_balances SET closed_through = ?
      WHERE ledger_id = ? AND account_id > ? AND account_id <= ? AND NOT (closed_through <=> ?)`,
    [closedThrough, ledgerId, after, upTo, closedThrough],
  );
}

/** What was debited and credited on all days up to this one, by currency, in the order of the currencies. */
export async function sumDays(db: Knex, ledgerId: number, upTo: Day | null): Promise<PeriodTotal[]> {
  if (upTo === null) return [];
  const rows = await selectRows<{ currency: string; debit: string; credit: string }>(
    db,
    `SELECT a.currency, CAST(SUM(d.debit) AS CHAR) AS debit, CAST(SUM(d.credit) AS CHAR) AS credit
       FROM account_turnovers AS d
       JOIN accounts AS a ON a.ledger_id = d.ledger_id AND a.account_id = d.account_id
      WHERE d.ledger_id = ? AND d.effective_day <= ?
      GROUP BY a.currency
      ORDER BY a.currency`,
    [ledgerId, upTo],
  );
  return rows.map(({ currency, debit, credit }) => ({
    currency,
    debit: formatMinor(BigInt(debit), currency),
    credit: formatMinor(BigInt(credit), currency),
  }));
}

export async function insertTotals(
  trx: Knex,
  ledgerId: number,
  number: number,
  totals: readonly PeriodTotal[],
): Promise<void> {
  try {
    await insertRows(
      trx,
      'period_totals',
      ['ledger_id', 'number', 'totals'],
      [[ledgerId, number, JSON.stringify(totals)]],
    );
  } catch (error) {
    // Another process carried the same change through, and found the same.
    if (!isMysqlError(error, 'duplicateKey')) throw error;
  }
}

/** The newest first. */
export async function findPeriodChanges(db: Knex, ledgerId: number, limit: number): Promise<PeriodChange[]> {
  const rows = await selectRows<{
    number: number;
    action: PeriodChange['action'];
    closed_through: Day | null;
    changed_at: string;
    changed_by: string;
    reason: string;
    totals: string | null;
  }>(
    db,
    `SELECT c.number, c.action, CAST(c.closed_through AS CHAR) AS closed_through, CAST(c.changed_at AS CHAR) AS changed_at,
            c.changed_by, c.reason, CAST(t.totals AS CHAR) AS totals
       FROM period_changes AS c
       LEFT JOIN period_totals AS t ON t.ledger_id = c.ledger_id AND t.number = c.number
      WHERE c.ledger_id = ?
      ORDER BY c.number DESC
      LIMIT ?`,
    [ledgerId, limit],
  );
  return rows.map((row) => ({
    number: row.number,
    action: row.action,
    closedThrough: row.closed_through,
    changedAt: fromSqlInstant(row.changed_at),
    decision: { by: row.changed_by, reason: row.reason },
    totals: row.totals === null ? null : toTotals(row.totals),
  }));
}

/** In the order of the fields that we write, whatever MySQL's JSON makes of it. */
function toTotals(text: string): PeriodTotal[] {
  const totals: PeriodTotal[] = JSON.parse(text);
  return totals.map(({ currency, debit, credit }) => ({ currency, debit, credit }));
}
