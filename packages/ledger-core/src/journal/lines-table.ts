import { insertion, type Statement } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import type { BookedEntry } from './booking.ts';
import type { DecidedLine } from './decide.ts';

export function lineInsertion(
  ledgerId: number,
  lines: readonly { booked: BookedEntry; line: DecidedLine }[],
): Statement[] {
  return insertion(
    'journal_lines',
    ['ledger_id', 'account_id', 'sequence', 'entry_id', 'line_number', 'amount', 'balance', 'effective_at'],
    lines.map(({ booked, line }) => [
      ledgerId,
      line.account.accountId,
      line.sequence,
      booked.entryId,
      line.lineNumber,
      line.amount,
      line.balance,
      toSqlInstant(booked.effectiveAt),
    ]),
  );
}
