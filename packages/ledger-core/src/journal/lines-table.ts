import type { Knex } from 'knex';
import { insertRows } from '../database/insert-rows.ts';
import type { BookedEntry } from './booking.ts';
import type { DecidedLine } from './decide.ts';

export async function insertLines(
  trx: Knex,
  ledgerId: number,
  lines: readonly { booked: BookedEntry; line: DecidedLine }[],
): Promise<void> {
  await insertRows(
    trx,
    'journal_lines',
    ['ledger_id', 'account_id', 'sequence', 'entry_id', 'line_number', 'amount', 'balance'],
    lines.map(({ booked, line }) => [
      ledgerId,
      line.account.accountId,
      line.sequence.toString(),
      booked.entryId,
      line.lineNumber,
      line.amount.toString(),
      line.balance.toString(),
    ]),
  );
}
