import { insertion, type Statement, wholeNumber } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import { eachOf, type GuardedMove } from './balance-moves-table.ts';
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

/** The lines of an entry whose accounts have been moved: sequences and running balances are what the accounts say by now. */
export function movedLineInsertion(
  ledgerId: number,
  { entryId, effectiveAt }: BookedEntry,
  moves: readonly GuardedMove[],
): Statement {
  const numbers = eachOf(moves, ({ lineNumber }) => ({ sql: '?', bindings: [wholeNumber(lineNumber)] }));
  const amounts = eachOf(moves, ({ side, minor }) => ({
    sql: '?',
    bindings: [wholeNumber(side === 'debit' ? minor : -minor)],
  }));
  return {
    sql: `INSERT INTO journal_lines
            (ledger_id, account_id, sequence, entry_id, line_number, amount, balance, effective_at)
          SELECT ledger_id, account_id, last_sequence, ?, ${numbers.sql}, ${amounts.sql}, posted_debit - posted_credit, ?
            FROM account_balances
           WHERE ledger_id = ? AND account_id IN (?)`,
    bindings: [
      entryId,
      ...numbers.bindings,
      ...amounts.bindings,
      toSqlInstant(effectiveAt),
      ledgerId,
      moves.map(({ accountId }) => accountId),
    ],
  };
}
