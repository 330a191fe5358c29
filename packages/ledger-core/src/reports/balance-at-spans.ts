import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { type Stretch, withinStretches } from './stretches.ts';
import type { Bounds } from './times.ts';

/** Ledger and account. */
export type Place = readonly [number, number];

/** What spans come to that lie wholly inside the bounds, and those that the bounds cut through. */
export interface SpanSum {
  readonly sum: bigint;
  readonly cut: readonly Stretch[];
}

/** So many go into one statement. */
const MOST_STRETCHES = 50;

/**
 * Among the spans in order: where the last one ends that lies wholly inside the bounds, all those before it included; and where
 * the first one ends behind which all lie outside. Among all spans, where the last one ends.
 */
export async function findEdges(
  db: Knex,
  place: Place,
  { effectiveUpTo, bookedBelow, effectiveSlack, bookedSlack }: Bounds,
): Promise<{ inside: bigint; outside: bigint | null; end: bigint }> {
  const before = (column: string, comparison: string) =>
    `(SELECT last_sequence FROM line_spans WHERE ledger_id = ? AND account_id = ? AND ${column} ${comparison}
       ORDER BY ${column} DESC, line_spans.last_sequence DESC LIMIT 1)`;
  const after = (column: string, comparison: string) =>
    `(SELECT last_sequence FROM line_spans WHERE ledger_id = ? AND account_id = ? AND ${column} ${comparison}
       ORDER BY ${column}, line_spans.last_sequence LIMIT 1)`;
  const [row] = await selectRows<Record<string, string | null>>(
    db,
    `SELECT CAST(${before('highest_effective_at', '<= ?')} AS CHAR) AS effective_inside,
            CAST(${before('highest_entry_id', '< ?')} AS CHAR) AS booked_inside,
            CAST(${after('highest_effective_at', '> ?')} AS CHAR) AS effective_outside,
            CAST(${after('highest_entry_id', '>= ?')} AS CHAR) AS booked_outside,
            CAST((SELECT MAX(last_sequence) FROM line_spans WHERE ledger_id = ? AND account_id = ?) AS CHAR) AS end`,
    [
      ...[...place, effectiveUpTo],
      ...[...place, bookedBelow],
      ...[...place, effectiveSlack],
      ...[...place, bookedSlack],
      ...place,
    ],
  );
  const sequence = (name: string) => BigInt(row?.[name] ?? 0);
  const outside = [sequence('effective_outside'), sequence('booked_outside')].filter((edge) => edge > 0n);
  return {
    inside: least([sequence('effective_inside'), sequence('booked_inside')]) ?? 0n,
    outside: least(outside),
    end: sequence('end'),
  };
}

/** The spans in order, from the last one inside to the first one behind which all are outside: few, whatever the account's length. */
export async function readAround(
  db: Knex,
  place: Place,
  { effectiveUpTo, bookedBelow }: Bounds,
  edges: { inside: bigint; outside: bigint },
): Promise<SpanSum> {
  const rows = await selectRows<{ first: string; last: string; sum: string; is_cut: number | string }>(
    db,
    `SELECT CAST(first_sequence AS CHAR) AS first, CAST(last_sequence AS CHAR) AS last, CAST(total AS CHAR) AS sum,
            first_effective_at <= ? AND first_entry_id < ? AS is_cut
       FROM line_spans FORCE INDEX (PRIMARY)
      WHERE ledger_id = ? AND account_id = ? AND last_sequence BETWEEN ? AND ? AND total IS NOT NULL
      ORDER BY line_spans.last_sequence`,
    [effectiveUpTo, bookedBelow, ...place, edges.inside, edges.outside],
  );
  const spans = rows.map(({ first, last, sum, is_cut }) => ({
    from: BigInt(first),
    to: BigInt(last),
    sum: BigInt(sum),
    isCut: Number(is_cut) === 1,
  }));
  return {
    sum: spans.find(({ to }) => to === edges.inside)?.sum ?? 0n,
    cut: spans.filter(({ to, isCut }) => to > edges.inside && isCut),
  };
}

/** The spans that are out of order have to be looked at one by one. */
export async function readOutOfOrder(
  db: Knex,
  place: Place,
  { effectiveUpTo, bookedBelow }: Bounds,
  end: bigint,
): Promise<SpanSum> {
  const rows = await selectRows<{ first: string | null; last: string; sum: string }>(
    db,
    `SELECT CAST(IF(last_effective_at <= ? AND last_entry_id < ?, NULL, first_sequence) AS CHAR) AS first,
            CAST(MAX(last_sequence) AS CHAR) AS last, CAST(SUM(amount) AS CHAR) AS sum
       FROM line_spans FORCE INDEX (line_spans_effective)
      WHERE ledger_id = ? AND account_id = ? AND highest_effective_at IS NULL AND last_sequence <= ?
        AND first_effective_at <= ? AND first_entry_id < ?
      GROUP BY first`,
    [effectiveUpTo, bookedBelow, ...place, end, effectiveUpTo, bookedBelow],
  );
  return {
    sum: BigInt(rows.find(({ first }) => first === null)?.sum ?? 0),
    cut: rows.flatMap(({ first, last }) =>
      first === null ? [] : [{ from: BigInt(first), to: BigInt(last) }],
    ),
  };
}

export async function sumStretches(
  db: Knex,
  place: Place,
  bounds: Bounds,
  stretches: readonly Stretch[],
): Promise<bigint> {
  let sum = 0n;
  for (let first = 0; first < stretches.length; first += MOST_STRETCHES)
    sum += await sumLines(db, place, bounds, stretches.slice(first, first + MOST_STRETCHES));
  return sum;
}

async function sumLines(
  db: Knex,
  place: Place,
  { effectiveUpTo, bookedBelow }: Bounds,
  stretches: readonly Stretch[],
): Promise<bigint> {
  const within = withinStretches(stretches);
  const [row] = await selectRows<{ sum: string | null }>(
    db,
    `SELECT CAST(SUM(l.amount) AS CHAR) AS sum
       FROM journal_lines AS l FORCE INDEX (PRIMARY)
      WHERE l.ledger_id = ? AND l.account_id = ? AND (${within.sql}) AND l.effective_at <= ? AND l.entry_id < ?`,
    [...place, ...within.bindings, effectiveUpTo, bookedBelow],
  );
  return BigInt(row?.sum ?? 0);
}

function least(sequences: readonly bigint[]): bigint | null {
  return sequences.reduce<bigint | null>((low, one) => (low === null || one < low ? one : low), null);
}
