import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant } from '../database/instants.ts';
import { SPAN_LINES } from '../journal/spans.ts';
import { clip, joinNeighbours, type Stretch, withinStretches } from './stretches.ts';
import type { EffectiveRange } from './times.ts';

/** Ledger and account. */
type Place = readonly [number, number];

/** Which way along an account's lines, from where, and which of them. */
export interface Walk {
  /** In the order in which they were posted. */
  readonly isForward: boolean;
  /** The line behind which it begins; null for the very first, or last. */
  readonly beyond: bigint | null;
  /** When the lines are effective; null for whenever. */
  readonly range: EffectiveRange | null;
}

/** Signed minor units: a debit above zero, a credit below. */
export interface StoredLine {
  readonly sequence: string;
  readonly entryId: Buffer;
  readonly kind: string;
  readonly description: string;
  readonly effectiveAt: Date;
  readonly bookedAt: Date;
  readonly amount: bigint;
  readonly balance: bigint;
}

interface LineRow {
  sequence: string;
  entry_id: Buffer;
  kind: string;
  description: string;
  effective_at: string;
  booked_at: string;
  amount: string;
  balance: string;
}

const SPANS_AT_ONCE = 20;
const MOST_COUNTERPART_LINES = 20;
const EVERYTHING: Stretch = { from: 1n, to: null };

/** In the order of the walk. Within a range of times, only spans that reach into it are read, a few at a time. */
export async function readLines(db: Knex, place: Place, walk: Walk, limit: number): Promise<StoredLine[]> {
  const { isForward, beyond, range } = walk;
  const lines: StoredLine[] = [];
  for await (const stretches of range === null ? [[EVERYTHING]] : stretchesIn(db, place, walk, range)) {
    const ahead = isForward ? clip(stretches, beyond ?? 0n, null) : clip(stretches, 0n, beyond);
    if (ahead.length > 0) lines.push(...(await readStretches(db, place, walk, ahead, limit - lines.length)));
    if (lines.length >= limit) break;
  }
  return lines;
}

/** By entry, the other accounts in its first lines, in their order. */
export async function findCounterparts(
  db: Knex,
  [ledgerId, accountId]: Place,
  lines: readonly StoredLine[],
): Promise<Map<string, string[]>> {
  const counterparts = new Map<string, string[]>();
  if (lines.length === 0) return counterparts;
  const rows = await selectRows<{ entry_id: Buffer; code: string }>(
    db,
    `SELECT l.entry_id, a.code
       FROM journal_lines AS l FORCE INDEX (journal_lines_entry)
       JOIN accounts AS a ON a.ledger_id = l.ledger_id AND a.account_id = l.account_id
      WHERE l.ledger_id = ? AND l.entry_id IN (?) AND l.line_number <= ? AND l.account_id <> ?
      ORDER BY l.entry_id, l.line_number`,
    [ledgerId, lines.map(({ entryId }) => entryId), MOST_COUNTERPART_LINES, accountId],
  );
  for (const { entry_id, code } of rows) {
    const key = entry_id.toString('hex');
    const codes = counterparts.get(key) ?? [];
    if (!codes.includes(code)) codes.push(code);
    counterparts.set(key, codes);
  }
  return counterparts;
}

/** The stretches that may hold lines of the range, in the order of the walk: spans that reach into it, and what has no span yet. */
async function* stretchesIn(
  db: Knex,
  place: Place,
  { isForward, beyond }: Walk,
  range: EffectiveRange,
): AsyncGenerator<Stretch[]> {
  const end = await findEndOfSpans(db, place);
  const withoutSpan = [{ from: end + 1n, to: null }];
  if (!isForward) yield withoutSpan;
  const ends = { above: 0n, below: end + 1n };
  if (isForward) ends.above = beyond ?? 0n;
  else if (beyond !== null && beyond <= end) ends.below = beyond + SPAN_LINES - 1n;
  for (let count = SPANS_AT_ONCE; count === SPANS_AT_ONCE; ) {
    const found = await findSpans(db, place, ends, range, isForward);
    yield joinNeighbours(found);
    ends[isForward ? 'above' : 'below'] = found.at(-1)?.to ?? 0n;
    count = found.length;
  }
  if (isForward) yield withoutSpan;
}

async function findEndOfSpans(db: Knex, place: Place): Promise<bigint> {
  const [row] = await selectRows<{ last: string | null }>(
    db,
    'SELECT CAST(MAX(last_sequence) AS CHAR) AS last FROM line_spans WHERE ledger_id = ? AND account_id = ?',
    place,
  );
  return BigInt(row?.last ?? 0);
}

/** The spans that reach into the range, in the order of the walk. */
async function findSpans(
  db: Knex,
  place: Place,
  ends: { above: bigint; below: bigint },
  range: EffectiveRange,
  isForward: boolean,
): Promise<Stretch[]> {
  const rows = await selectRows<{ first: string; last: string }>(
    db,
    `SELECT CAST(first_sequence AS CHAR) AS first, CAST(last_sequence AS CHAR) AS last
       FROM line_spans FORCE INDEX (PRIMARY)
      WHERE ledger_id = ? AND account_id = ? AND last_sequence > ? AND last_sequence < ?
        AND last_effective_at >= ? AND first_effective_at < ?
      ORDER BY last_sequence ${isForward ? 'ASC' : 'DESC'}
      LIMIT ?`,
    [...place, ends.above, ends.below, range.from, range.before, SPANS_AT_ONCE],
  );
  return rows.map(({ first, last }) => ({ from: BigInt(first), to: BigInt(last) }));
}

async function readStretches(
  db: Knex,
  place: Place,
  { isForward, range }: Walk,
  stretches: readonly Stretch[],
  limit: number,
): Promise<StoredLine[]> {
  const within = withinStretches(stretches);
  const rows = await selectRows<LineRow>(
    db,
    `SELECT CAST(l.sequence AS CHAR) AS sequence, l.entry_id, e.kind, e.description,
            CAST(e.effective_at AS CHAR) AS effective_at, CAST(e.booked_at AS CHAR) AS booked_at,
            CAST(l.amount AS CHAR) AS amount, CAST(l.balance AS CHAR) AS balance
       FROM journal_lines AS l FORCE INDEX (PRIMARY)
       STRAIGHT_JOIN journal_entries AS e ON e.ledger_id = l.ledger_id AND e.entry_id = l.entry_id
      WHERE l.ledger_id = ? AND l.account_id = ? AND (${within.sql})
            ${range === null ? '' : 'AND l.effective_at >= ? AND l.effective_at < ?'}
      ORDER BY l.sequence ${isForward ? 'ASC' : 'DESC'}
      LIMIT ?`,
    [...place, ...within.bindings, ...(range === null ? [] : [range.from, range.before]), limit],
  );
  return rows.map((row) => ({
    sequence: row.sequence,
    entryId: row.entry_id,
    kind: row.kind,
    description: row.description,
    effectiveAt: fromSqlInstant(row.effective_at),
    bookedAt: fromSqlInstant(row.booked_at),
    amount: BigInt(row.amount),
    balance: BigInt(row.balance),
  }));
}
