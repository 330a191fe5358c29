import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import type { DecidedLine } from './decide.ts';
import {
  cutSpans,
  isOrderly,
  type RankedSpan,
  rankSpans,
  SPAN_LINES,
  type Span,
  type SpanOrder,
} from './spans.ts';

/** A thousand lines of an account, by the last of them. */
interface Place {
  readonly ledgerId: number;
  readonly accountId: number;
  readonly last: bigint;
}

interface SumRow {
  amount: string;
  first_effective_at: string;
  last_effective_at: string;
  first_entry_id: Buffer;
  last_entry_id: Buffer;
}

interface LineRow {
  sequence: string;
  amount: string;
  effective_at: string;
  entry_id: Buffer;
}

/** Writes the spans of the thousands that these lines complete, which most postings do not. The lines must be written. */
export async function completeSpans(
  trx: Knex,
  ledgerId: number,
  lines: readonly { line: DecidedLine }[],
): Promise<void> {
  for (const { line } of lines) {
    if (line.sequence % SPAN_LINES !== 0n) continue;
    const place = { ledgerId, accountId: line.account.accountId, last: line.sequence };
    const whole = await sumLines(trx, place);
    const spans = isOrderly(whole) ? [whole] : cutSpans(await readLines(trx, place));
    await insertSpans(trx, place, rankSpans(spans, await readOrder(trx, place)));
  }
}

async function sumLines(trx: Knex, place: Place): Promise<Span> {
  const [row] = await selectRows<SumRow>(
    trx,
    `SELECT CAST(SUM(amount) AS CHAR) AS amount, CAST(MIN(effective_at) AS CHAR) AS first_effective_at,
            CAST(MAX(effective_at) AS CHAR) AS last_effective_at, MIN(entry_id) AS first_entry_id, MAX(entry_id) AS last_entry_id
       FROM journal_lines
      WHERE ledger_id = ? AND account_id = ? AND sequence BETWEEN ? AND ?`,
    rangeOf(place),
  );
  if (row === undefined) throw new Error('A sum has a row.');
  return {
    firstSequence: place.last - SPAN_LINES + 1n,
    lastSequence: place.last,
    amount: BigInt(row.amount),
    firstEffectiveAt: row.first_effective_at,
    lastEffectiveAt: row.last_effective_at,
    firstEntryId: row.first_entry_id,
    lastEntryId: row.last_entry_id,
  };
}

async function readLines(trx: Knex, place: Place) {
  const rows = await selectRows<LineRow>(
    trx,
    `SELECT CAST(l.sequence AS CHAR) AS sequence, CAST(l.amount AS CHAR) AS amount,
            CAST(l.effective_at AS CHAR) AS effective_at, l.entry_id
       FROM journal_lines AS l
      WHERE l.ledger_id = ? AND l.account_id = ? AND l.sequence BETWEEN ? AND ?
      ORDER BY l.sequence`,
    rangeOf(place),
  );
  return rows.map((row) => ({
    sequence: BigInt(row.sequence),
    amount: BigInt(row.amount),
    effectiveAt: row.effective_at,
    entryId: row.entry_id,
  }));
}

/** How far the spans in order have come before these lines. */
async function readOrder(trx: Knex, { ledgerId, accountId }: Place): Promise<SpanOrder | undefined> {
  const [row] = await selectRows<{ effective_at: string; highest_entry_id: Buffer; sum: string }>(
    trx,
    `SELECT CAST(highest_effective_at AS CHAR) AS effective_at, highest_entry_id, CAST(total AS CHAR) AS sum
       FROM line_spans FORCE INDEX (PRIMARY)
      WHERE ledger_id = ? AND account_id = ? AND highest_entry_id IS NOT NULL
      ORDER BY last_sequence DESC
      LIMIT 1`,
    [ledgerId, accountId],
  );
  if (row === undefined) return undefined;
  return {
    highestEffectiveAt: row.effective_at,
    highestEntryId: row.highest_entry_id,
    total: BigInt(row.sum),
  };
}

async function insertSpans(
  trx: Knex,
  { ledgerId, accountId }: Place,
  spans: readonly RankedSpan[],
): Promise<void> {
  await insertRows(
    trx,
    'line_spans',
    [
      'ledger_id',
      'account_id',
      'first_sequence',
      'last_sequence',
      'amount',
      'first_effective_at',
      'last_effective_at',
      'first_entry_id',
      'last_entry_id',
      'highest_effective_at',
      'highest_entry_id',
      'total',
    ],
    spans.map((span) => [
      ledgerId,
      accountId,
      span.firstSequence,
      span.lastSequence,
      span.amount,
      span.firstEffectiveAt,
      span.lastEffectiveAt,
      span.firstEntryId,
      span.lastEntryId,
      span.order?.highestEffectiveAt ?? null,
      span.order?.highestEntryId ?? null,
      span.order?.total ?? null,
    ]),
  );
}

function rangeOf({ ledgerId, accountId, last }: Place): (number | bigint)[] {
  return [ledgerId, accountId, last - SPAN_LINES + 1n, last];
}
