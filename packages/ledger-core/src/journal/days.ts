import type { Day } from '../periods/business-day.ts';
import type { LockedBalance } from './balances-table.ts';
import type { Decisions } from './decide-groups.ts';

/** What an account's lines of one effective day, booked on one day, come to. Minor units. */
export interface Turnover {
  readonly accountId: number;
  readonly effectiveDay: Day;
  readonly bookedDay: Day;
  debit: bigint;
  credit: bigint;
}

/**
 * Adds the decided lines to the days of the balances, and returns what belongs in rows of its own: days that are over, lines
 * that are effective on another day than they are booked, and lines of a clock that runs behind another's.
 */
export function foldDays({ lines }: Decisions, balances: ReadonlyMap<number, LockedBalance>): Turnover[] {
  const rows = new Map<string, Turnover>();
  for (const { line, booked } of lines) {
    const balance = balances.get(line.account.accountId);
    if (balance === undefined) throw new Error(`Lock not held for account ${line.account.code}.`);
    const turnover = {
      accountId: balance.accountId,
      effectiveDay: booked.effectiveDay,
      bookedDay: booked.bookedDay,
      debit: line.amount > 0n ? line.amount : 0n,
      credit: line.amount < 0n ? -line.amount : 0n,
    };
    if (isOfCurrentDay(turnover, balance)) addToDay(balance, turnover, rows);
    else addTo(rows, turnover);
  }
  return [...rows.values()];
}

function isOfCurrentDay({ effectiveDay, bookedDay }: Turnover, { day }: LockedBalance): boolean {
  return effectiveDay === bookedDay && (day === null || day <= bookedDay);
}

function addToDay(balance: LockedBalance, turnover: Turnover, rows: Map<string, Turnover>): void {
  if (balance.day !== turnover.bookedDay) startDay(balance, turnover.bookedDay, rows);
  balance.dayDebit += turnover.debit;
  balance.dayCredit += turnover.credit;
}

function startDay(balance: LockedBalance, day: Day, rows: Map<string, Turnover>): void {
  const { accountId, day: over, dayDebit: debit, dayCredit: credit } = balance;
  if (over !== null) addTo(rows, { accountId, effectiveDay: over, bookedDay: over, debit, credit });
  Object.assign(balance, { day, dayDebit: 0n, dayCredit: 0n });
}

function addTo(rows: Map<string, Turnover>, turnover: Turnover): void {
  const key = `${turnover.accountId} ${turnover.effectiveDay} ${turnover.bookedDay}`;
  const row = rows.get(key);
  if (row === undefined) {
    rows.set(key, turnover);
    return;
  }
  row.debit += turnover.debit;
  row.credit += turnover.credit;
}
