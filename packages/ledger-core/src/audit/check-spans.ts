import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type RankedSpan, rankSpans, SPAN_LINES, type Span, type SpanOrder } from '../journal/spans.ts';
import { type Check, type Finding, MOST_FINDINGS } from './finding.ts';

/** So many lines are read in one statement. */
const PAGE_LINES = 100n * SPAN_LINES;
const ABSENT = Buffer.alloc(0);

interface AccountRow {
  account_id: string;
  code: string;
  last_sequence: string;
}

interface SpanRow {
  first_sequence: string;
  last_sequence: string;
  amount: string;
  first_effective_at: string;
  last_effective_at: string;
  first_entry_id: Buffer;
  last_entry_id: Buffer;
}

interface StoredRow extends SpanRow {
  highest_effective_at: string | null;
  highest_entry_id: Buffer | null;
  total: string | null;
}

/** Ledger, account, and the lines after the one and up to the other. */
type Page = readonly [number, string, bigint, bigint];

/** The part of invariant 2 that says: spans follow each other up to the last full thousand of lines, and agree with the lines. */
export async function checkSpans(trx: Knex, ledgerId: number): Promise<Check> {
  const findings: Finding[] = [];
  let found = 0;
  for (const account of await findLongAccounts(trx, ledgerId)) {
    const end = BigInt(account.last_sequence) - (BigInt(account.last_sequence) % SPAN_LINES);
    let order: SpanOrder | undefined;
    for (let from = 0n; from < end && findings.length < MOST_FINDINGS; from += PAGE_LINES) {
      const to = from + PAGE_LINES < end ? from + PAGE_LINES : end;
      const page: Page = [ledgerId, account.account_id, from, to];
      const spans = await readSpans(trx, page);
      found += spans.length;
      const ranked = rankSpans(spans.map(toSpan), order);
      order = ranked.findLast((span) => span.order !== null)?.order ?? order;
      findings.push(
        ...outOfRow(account, spans, page),
        ...misranked(account, spans, ranked),
        ...(await differing(trx, account, spans, page)),
      );
    }
  }
  if (findings.length === 0) findings.push(...surplus(found, await countSpans(trx, ledgerId)));
  return { counted: {}, findings: findings.slice(0, MOST_FINDINGS) };
}

function outOfRow(account: AccountRow, spans: readonly SpanRow[], [, , from, to]: Page): Finding[] {
  let last = from;
  for (const span of spans) {
    if (BigInt(span.first_sequence) !== last + 1n) break;
    last = BigInt(span.last_sequence);
  }
  return last === to ? [] : [finding(account, `there is no span after line ${last}`)];
}

function misranked(
  account: AccountRow,
  spans: readonly StoredRow[],
  ranked: readonly RankedSpan[],
): Finding[] {
  return spans.flatMap((span, index) => {
    const order = ranked[index]?.order;
    const isSame =
      (order?.total.toString() ?? null) === span.total &&
      (order?.highestEffectiveAt ?? null) === span.highest_effective_at &&
      (order?.highestEntryId ?? ABSENT).equals(span.highest_entry_id ?? ABSENT);
    return isSame ? [] : [finding(account, `the span to line ${span.last_sequence} is ranked wrongly`)];
  });
}

/** Most thousands are one span, and are summed together; the spans of the others are summed one by one. */
async function differing(
  trx: Knex,
  account: AccountRow,
  spans: readonly SpanRow[],
  page: Page,
): Promise<Finding[]> {
  const thousands = new Map((await sumThousands(trx, page)).map((row) => [textOf(row), row]));
  const findings: Finding[] = [];
  for (const span of spans) {
    if (thousands.has(textOf(span))) continue;
    const [lines] = await sumLines(trx, page, span);
    if (lines !== undefined && textOf(lines) === textOf(span)) continue;
    const detail = `a span says ${textOf(span)}, and its lines say ${lines ? textOf(lines) : 'nothing'}`;
    findings.push(finding(account, detail));
  }
  return findings;
}

/** Spans that no full thousand of lines belongs to. */
function surplus(found: number, stored: number): Finding[] {
  if (found === stored) return [];
  const detail = `has ${stored} spans, of which ${found} belong to lines`;
  return [{ invariant: 2, where: 'table line_spans', detail }];
}

function finding({ code }: AccountRow, detail: string): Finding {
  return { invariant: 2, where: `account ${code}`, detail };
}

function toSpan(row: SpanRow): Span {
  return {
    firstSequence: BigInt(row.first_sequence),
    lastSequence: BigInt(row.last_sequence),
    amount: BigInt(row.amount),
    firstEffectiveAt: row.first_effective_at,
    lastEffectiveAt: row.last_effective_at,
    firstEntryId: row.first_entry_id,
    lastEntryId: row.last_entry_id,
  };
}

function textOf(row: SpanRow): string {
  const [first, last] = [row.first_entry_id, row.last_entry_id].map((id) => id?.toString('hex'));
  return (
    `lines ${row.first_sequence} to ${row.last_sequence}: ${row.amount} (minor units), ` +
    `effective ${row.first_effective_at} to ${row.last_effective_at}, entries ${first} to ${last}`
  );
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

const SUMS = `CAST(MIN(l.sequence) AS CHAR) AS first_sequence, CAST(MAX(l.sequence) AS CHAR) AS last_sequence,
            CAST(SUM(l.amount) AS CHAR) AS amount, CAST(MIN(l.effective_at) AS CHAR) AS first_effective_at,
            CAST(MAX(l.effective_at) AS CHAR) AS last_effective_at, MIN(l.entry_id) AS first_entry_id, MAX(l.entry_id) AS last_entry_id`;

function sumThousands(trx: Knex, page: Page): Promise<SpanRow[]> {
  return selectRows<SpanRow>(
    trx,
    `SELECT ${SUMS}
       FROM journal_lines AS l FORCE INDEX (PRIMARY)
      WHERE l.ledger_id = ? AND l.account_id = ? AND l.sequence > ? AND l.sequence <= ?
      GROUP BY (l.sequence - 1) DIV ${SPAN_LINES}`,
    page,
  );
}

function sumLines(trx: Knex, [ledgerId, accountId]: Page, span: SpanRow): Promise<SpanRow[]> {
  return selectRows<SpanRow>(
    trx,
    `SELECT ${SUMS}
       FROM journal_lines AS l
      WHERE l.ledger_id = ? AND l.account_id = ? AND l.sequence >= ? AND l.sequence <= ?
     HAVING COUNT(*) > 0`,
    [ledgerId, accountId, span.first_sequence, span.last_sequence],
  );
}

function readSpans(trx: Knex, page: Page): Promise<StoredRow[]> {
  return selectRows<StoredRow>(
    trx,
    `SELECT CAST(s.first_sequence AS CHAR) AS first_sequence, CAST(s.last_sequence AS CHAR) AS last_sequence,
            CAST(s.amount AS CHAR) AS amount, CAST(s.first_effective_at AS CHAR) AS first_effective_at,
            CAST(s.last_effective_at AS CHAR) AS last_effective_at, s.first_entry_id, s.last_entry_id,
            CAST(s.highest_effective_at AS CHAR) AS highest_effective_at, s.highest_entry_id, CAST(s.total AS CHAR) AS total
       FROM line_spans AS s
      WHERE s.ledger_id = ? AND s.account_id = ? AND s.last_sequence > ? AND s.last_sequence <= ?
      ORDER BY s.last_sequence`,
    page,
  );
}

async function countSpans(trx: Knex, ledgerId: number): Promise<number> {
  const [row] = await selectRows<{ spans: number | string }>(
    trx,
    'SELECT COUNT(*) AS spans FROM line_spans WHERE ledger_id = ?',
    [ledgerId],
  );
  return Number(row?.spans ?? 0);
}
