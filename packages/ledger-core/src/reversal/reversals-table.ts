import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';

/** A line of the entry that is to be reversed. Signed minor units, a debit above zero. */
export interface ReversibleLine {
  readonly lineNumber: number;
  readonly code: string;
  readonly currency: string;
  readonly amount: bigint;
}

/** The lines of an entry, in their order; none when there is no such entry. */
export async function readReversibleLines(
  db: Knex,
  ledgerId: number,
  entryId: Buffer,
): Promise<ReversibleLine[]> {
  const rows = await selectRows<{ line_number: number; code: string; currency: string; amount: string }>(
    db,
    `SELECT l.line_number, a.code, a.currency, CAST(l.amount AS CHAR) AS amount
       FROM journal_lines AS l
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE l.ledger_id = ? AND l.entry_id = ?
      ORDER BY l.line_number`,
    [ledgerId, entryId],
  );
  return rows.map((row) => ({
    lineNumber: row.line_number,
    code: row.code,
    currency: row.currency,
    amount: BigInt(row.amount),
  }));
}

/** By line number, what has been reversed so far. Reads what is committed, whatever the isolation of the caller's transaction. */
export async function readReversed(
  trx: Knex,
  ledgerId: number,
  entryId: Buffer,
): Promise<Map<number, bigint>> {
  const rows = await selectRows<{ line_number: number; amount: string }>(
    trx,
    `SELECT line_number, CAST(amount AS CHAR) AS amount FROM entry_reversals
      WHERE ledger_id = ? AND entry_id = ? FOR SHARE`,
    [ledgerId, entryId],
  );
  const reversed = new Map<number, bigint>();
  for (const { line_number, amount } of rows)
    reversed.set(line_number, (reversed.get(line_number) ?? 0n) + BigInt(amount));
  return reversed;
}

export async function insertReversals(
  trx: Knex,
  ledgerId: number,
  { entryId, reversedBy }: { entryId: Buffer; reversedBy: Buffer },
  lines: readonly { lineNumber: number; amount: bigint }[],
): Promise<void> {
  await insertRows(
    trx,
    'entry_reversals',
    ['ledger_id', 'entry_id', 'line_number', 'reversed_by', 'amount'],
    lines.map(({ lineNumber, amount }) => [ledgerId, entryId, lineNumber, reversedBy, amount]),
  );
}

/** The entries that reverse this one, the earliest first. */
export async function findReversing(db: Knex, ledgerId: number, entryId: Buffer): Promise<Buffer[]> {
  const rows = await selectRows<{ reversed_by: Buffer }>(
    db,
    'SELECT DISTINCT reversed_by FROM entry_reversals WHERE ledger_id = ? AND entry_id = ? ORDER BY reversed_by',
    [ledgerId, entryId],
  );
  return rows.map(({ reversed_by }) => reversed_by);
}
