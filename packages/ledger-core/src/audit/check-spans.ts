import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { SPAN_LINES } from '../journal/spans-table.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** So many lines are read in one statement. */
const PAGE_SPANS = 100n;

interface AccountRow {
  account_id: string;
  code: string;
  last_sequence: string;
}

interface SpanRow {
  last_sequence: string;
  amount: string;
  first_effective_at: string;
  last_effective_at: string;
  first_entry_id: Buffer;
  last_entry_id: Buffer;
}

/** The part of invariant 2 that says: each full thousand of an account's lines has its span, which agrees with them. */
export async function checkSpans(trx: Knex, ledgerId: number): Promise<Check> {
  const findings: Finding[] = [];
  let expected = 0n;
  for (const account of await findLongAccounts(trx, ledgerId)) {
    const full = (BigInt(account.last_sequence) / SPAN_LINES) * SPAN_LINES;
    expected += full / SPAN_LINES;
    for (let from = 0n; from < full && findings.length < MOST_FINDINGS; from += PAGE_SPANS * SPAN_LINES) {
      const to = from + PAGE_SPANS * SPAN_LINES;
      const page = [ledgerId, account.account_id, from, to < full ? to : full];
      findings.push(...differences(account, await sumLines(trx, page), await readSpans(trx, page)));
    }
  }
  const stored = await countSpans(trx, ledgerId);
  if (stored !== expected && findings.length === 0) {
    const detail = `has ${stored} spans, and its accounts have lines for ${expected}`;
    findings.push({ invariant: 2, where: 'table line_spans', detail });
  }
  return { counted: {}, findings: findings.slice(0, MOST_FINDINGS) };
}

function differences(
  { code }: AccountRow,
  expected: readonly SpanRow[],
  stored: readonly SpanRow[],
): Finding[] {
  const known = new Map(stored.map((row) => [row.last_sequence, textOf(row)]));
  return expected.flatMap((row): Finding[] => {
    const [lines, span] = [textOf(row), known.get(row.last_sequence)];
    if (lines === span) return [];
    const where = `account ${code}, span to line ${row.last_sequence}`;
    return [{ invariant: 2, where, detail: `says ${span ?? 'nothing'}, and its lines say ${lines}` }];
  });
}

function textOf(row: SpanRow): string {
  const [first, last] = [row.first_entry_id.toString('hex'), row.last_entry_id.toString('hex')];
  return `${row.amount} (minor units), effective ${row.first_effective_at} to ${row.last_effective_at}, entries ${first} to ${last}`;
}

async function countSpans(trx: Knex, ledgerId: number): Promise<bigint> {
  const [row] = await selectRows<{ spans: number | string }>(
    trx,
    'SELECT COUNT(*) AS spans FROM line_spans WHERE ledger_id = ?',
    [ledgerId],
  );
  return BigInt(row?.spans ?? 0);
}

function findLongAccounts(trx: Knex, ledgerId: number): Promise<AccountRow[]> {
  return selectRows<AccountRow>(
    trx,
    `SELECT CAST(b.account_id AS CHAR) AS account_id, a.code, CAST(b.last_sequence AS CHAR) AS last_sequence
       FROM account_balances AS b
       JOIN accounts AS a ON a.ledger_id = b.ledger_id AND a.account_id = b.account_id
      WHERE b.ledger_id = ? AND b.last_sequence >= ?
      ORDER BY b.account_id`,
    [ledgerId, SPAN_LINES],
  );
}

function sumLines(trx: Knex, page: readonly unknown[]): Promise<SpanRow[]> {
  return selectRows<SpanRow>(
    trx,
    `SELECT CAST(MAX(sequence) AS CHAR) AS last_sequence, CAST(SUM(amount) AS CHAR) AS amount,
            CAST(MIN(effective_at) AS CHAR) AS first_effective_at, CAST(MAX(effective_at) AS CHAR) AS last_effective_at,
            MIN(entry_id) AS first_entry_id, MAX(entry_id) AS last_entry_id
       FROM journal_lines
      WHERE ledger_id = ? AND account_id = ? AND sequence > ? AND sequence <= ?
      GROUP BY (sequence - 1) DIV ${SPAN_LINES}`,
    page,
  );
}

function readSpans(trx: Knex, page: readonly unknown[]): Promise<SpanRow[]> {
  return selectRows<SpanRow>(
    trx,
    `SELECT CAST(last_sequence AS CHAR) AS last_sequence, CAST(amount AS CHAR) AS amount,
            CAST(first_effective_at AS CHAR) AS first_effective_at, CAST(last_effective_at AS CHAR) AS last_effective_at,
            first_entry_id, last_entry_id
       FROM line_spans
      WHERE ledger_id = ? AND account_id = ? AND last_sequence > ? AND last_sequence <= ?`,
    page,
  );
}
