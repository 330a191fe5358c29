import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type Finding, MOST_FINDINGS } from './finding.ts';

/** Turnover by account, effective day and booked day, as the lines themselves give it. */
export type DayTotals = Map<string, { debit: bigint; credit: bigint }>;

interface DayRow {
  account_id: string;
  effective_day: string;
  booked_day: string;
  debit: string;
  credit: string;
}

interface DatedLine {
  readonly accountId: string;
  readonly effectiveDay: string;
  readonly bookedDay: string;
  readonly amount: bigint;
}

export function addDayTotals(
  days: DayTotals,
  { accountId, effectiveDay, bookedDay, amount }: DatedLine,
): void {
  const key = keyOf(accountId, effectiveDay, bookedDay);
  const total = days.get(key) ?? { debit: 0n, credit: 0n };
  if (amount > 0n) total.debit += amount;
  else total.credit -= amount;
  days.set(key, total);
}

/** The part of invariant 2 that says: the day totals agree with the lines. */
export async function checkDayTotals(
  trx: Knex,
  ledgerId: number,
  fromLines: DayTotals,
  codes: ReadonlyMap<string, string>,
): Promise<Finding[]> {
  const stored = await selectRows<DayRow>(
    trx,
    `SELECT CAST(account_id AS CHAR) AS account_id, CAST(effective_day AS CHAR) AS effective_day, CAST(booked_day AS CHAR) AS booked_day,
            CAST(SUM(debit) AS CHAR) AS debit, CAST(SUM(credit) AS CHAR) AS credit
       FROM account_turnovers
      WHERE ledger_id = ?
      GROUP BY account_id, effective_day, booked_day`,
    [ledgerId],
  );
  const findings: Finding[] = [];
  const remaining = new Map(fromLines);
  for (const row of stored) {
    const lines = remaining.get(keyOf(row.account_id, row.effective_day, row.booked_day)) ?? {
      debit: 0n,
      credit: 0n,
    };
    remaining.delete(keyOf(row.account_id, row.effective_day, row.booked_day));
    if (lines.debit === BigInt(row.debit) && lines.credit === BigInt(row.credit)) continue;
    findings.push({
      invariant: 2,
      where: `account ${codes.get(row.account_id) ?? row.account_id}, day ${row.effective_day}`,
      detail: `day totals say ${row.debit} debit and ${row.credit} credit, the lines say ${lines.debit} and ${lines.credit} (minor units)`,
    });
  }
  for (const key of remaining.keys()) {
    const [accountId = '', effectiveDay] = key.split(' ');
    findings.push({
      invariant: 2,
      where: `account ${codes.get(accountId) ?? accountId}, day ${effectiveDay}`,
      detail: 'has lines but no day total',
    });
  }
  return findings.slice(0, MOST_FINDINGS);
}

function keyOf(accountId: string, effectiveDay: string, bookedDay: string): string {
  return `${accountId} ${effectiveDay} ${bookedDay}`;
}
