import type { Statement } from '../database/insert-rows.ts';
import type { DecidedLine } from './decide.ts';

/** How many lines of an account make a span. The stored spans depend on it, so it does not change. */
export const SPAN_LINES = 1_000n;

/** The spans that these lines complete, one statement each; run it once the lines are written. Most postings complete none. */
export function spanInsertions(ledgerId: number, lines: readonly { line: DecidedLine }[]): Statement[] {
  return lines
    .filter(({ line }) => line.sequence % SPAN_LINES === 0n)
    .map(({ line: { account, sequence } }) => ({
      sql: `INSERT INTO line_spans
              (ledger_id, account_id, last_sequence, amount, first_effective_at, last_effective_at, first_entry_id, last_entry_id)
            SELECT ?, ?, ?, SUM(amount), MIN(effective_at), MAX(effective_at), MIN(entry_id), MAX(entry_id)
              FROM journal_lines
             WHERE ledger_id = ? AND account_id = ? AND sequence BETWEEN ? AND ?`,
      bindings: [
        ledgerId,
        account.accountId,
        sequence,
        ledgerId,
        account.accountId,
        sequence - SPAN_LINES + 1n,
        sequence,
      ],
    }));
}
