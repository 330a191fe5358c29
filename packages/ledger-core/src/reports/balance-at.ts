import type { Knex } from 'knex';
import { type Account, normalSide } from '../accounts/account.ts';
import { selectRows } from '../database/insert-rows.ts';
import { formatMinor } from '../money/money.ts';
import { joinNeighbours, type Stretch, withinStretches } from './stretches.ts';
import { bookedBelow, effectiveUpTo } from './times.ts';

/** Which moment a balance is asked for, on both time axes. */
export interface Moment {
  /** What happened up to this instant counts, whenever it was booked. Defaults to all that happened, or will. */
  effectiveAt?: Date;
  /** What was booked up to this instant counts: what one knew then. Defaults to all that is booked. */
  knownAt?: Date;
}

/** What an account held at a moment, as text in major units on its normal side. */
export interface PastBalance {
  readonly account: string;
  readonly currency: string;
  readonly posted: string;
}

/** So many go into one statement. */
const MOST_STRETCHES = 50;

/** A place in both times, as the tables have it. */
interface Bounds {
  readonly effectiveUpTo: string;
  readonly bookedBelow: Buffer;
}

/**
 * Sums the spans that lie wholly inside both times, and the lines of those that they cut through and of the stretch that has no
 * span yet. Right whatever the order of times; fast because that is nearly the order of lines.
 * @throws LedgerError `query_malformed`
 */
export async function readBalanceAt(
  db: Knex,
  ledgerId: number,
  account: Account,
  moment: Moment,
): Promise<PastBalance> {
  const bounds = {
    effectiveUpTo: effectiveUpTo(moment.effectiveAt),
    bookedBelow: bookedBelow(moment.knownAt),
  };
  const place = [ledgerId, account.accountId] as const;
  const spans = await sumWholeSpans(db, place, bounds);
  const cut = spans.last === 0n ? [] : await findCutSpans(db, place, bounds, spans.last);
  let sum = spans.sum;
  const stretches = joinNeighbours([...cut, { from: spans.last + 1n, to: null }]);
  for (let first = 0; first < stretches.length; first += MOST_STRETCHES)
    sum += await sumLines(db, place, bounds, stretches.slice(first, first + MOST_STRETCHES));
  const { code, currency, type } = account;
  const posted = normalSide(type) === 'debit' ? sum : -sum;
  return { account: code, currency, posted: formatMinor(posted, currency) };
}

/** Also says where the spans end, so that what is read next goes on exactly there, whatever is posted meanwhile. */
async function sumWholeSpans(
  db: Knex,
  place: readonly [number, number],
  { effectiveUpTo: effective, bookedBelow: booked }: Bounds,
): Promise<{ sum: bigint; last: bigint }> {
  const [row] = await selectRows<{ sum: string | null; last: string | null }>(
    db,
    `SELECT CAST(SUM(IF(last_effective_at <= ? AND last_entry_id < ?, amount, 0)) AS CHAR) AS sum,
            CAST(MAX(last_sequence) AS CHAR) AS last
       FROM line_spans
      WHERE ledger_id = ? AND account_id = ?`,
    [effective, booked, ...place],
  );
  return { sum: BigInt(row?.sum ?? 0), last: BigInt(row?.last ?? 0) };
}

async function findCutSpans(
  db: Knex,
  place: readonly [number, number],
  { effectiveUpTo: effective, bookedBelow: booked }: Bounds,
  last: bigint,
): Promise<Stretch[]> {
  const rows = await selectRows<{ first: string; last: string }>(
    db,
    `SELECT CAST(first_sequence AS CHAR) AS first, CAST(last_sequence AS CHAR) AS last
       FROM line_spans
      WHERE ledger_id = ? AND account_id = ? AND last_sequence <= ?
        AND first_effective_at <= ? AND first_entry_id < ? AND (last_effective_at > ? OR last_entry_id >= ?)
      ORDER BY last_sequence`,
    [...place, last, effective, booked, effective, booked],
  );
  return rows.map(({ first, last: to }) => ({ from: BigInt(first), to: BigInt(to) }));
}

async function sumLines(
  db: Knex,
  place: readonly [number, number],
  { effectiveUpTo: effective, bookedBelow: booked }: Bounds,
  stretches: readonly Stretch[],
): Promise<bigint> {
  const within = withinStretches(stretches);
  const [row] = await selectRows<{ sum: string | null }>(
    db,
    `SELECT CAST(SUM(l.amount) AS CHAR) AS sum
       FROM journal_lines AS l
      WHERE l.ledger_id = ? AND l.account_id = ? AND (${within.sql}) AND l.effective_at <= ? AND l.entry_id < ?`,
    [...place, ...within.bindings, effective, booked],
  );
  return BigInt(row?.sum ?? 0);
}
