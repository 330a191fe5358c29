import { insertion, type Statement } from '../database/insert-rows.ts';
import type { Turnover } from './days.ts';

/** Rows go in key order, as the balances were locked, so that two batches meet in one order here too. */
export function turnoverInsertion(ledgerId: number, turnovers: readonly Turnover[]): Statement[] {
  const ordered = [...turnovers].sort(
    (a, b) =>
      a.accountId - b.accountId ||
      compareText(a.effectiveDay, b.effectiveDay) ||
      compareText(a.bookedDay, b.bookedDay),
  );
  return insertion(
    'account_days',
    ['ledger_id', 'account_id', 'effective_day', 'booked_day', 'debit', 'credit'],
    ordered.map((t) => [ledgerId, t.accountId, t.effectiveDay, t.bookedDay, t.debit, t.credit]),
    'AS more ON DUPLICATE KEY UPDATE debit = account_days.debit + more.debit, credit = account_days.credit + more.credit',
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
