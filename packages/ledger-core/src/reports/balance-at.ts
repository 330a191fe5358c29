import type { Knex } from 'knex';
import { type Account, normalSide } from '../accounts/account.ts';
import { formatMinor } from '../money/money.ts';
import {
  findEdges,
  type Place,
  readAround,
  readOutOfOrder,
  type SpanSum,
  sumStretches,
} from './balance-at-spans.ts';
import { joinNeighbours, type Stretch } from './stretches.ts';
import { boundsOf } from './times.ts';

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
  const place: Place = [ledgerId, account.accountId];
  const bounds = boundsOf(moment);

  // The end of the spans is read first, and what has none yet begins exactly there, whatever is posted meanwhile.
  const { inside, outside, end } = await findEdges(db, place, bounds);
  const spans: SpanSum[] = [];
  if (end > 0n) {
    spans.push(await readAround(db, place, bounds, { inside, outside: outside ?? end }));
    spans.push(await readOutOfOrder(db, place, bounds, end));
  }

  const cut = spans.flatMap((part) => part.cut).sort((a, b) => (a.from < b.from ? -1 : 1));
  const rest: Stretch = { from: end + 1n, to: null };
  const lines = await sumStretches(db, place, bounds, joinNeighbours([...cut, rest]));
  const sum = spans.reduce((total, part) => total + part.sum, lines);
  const { code, currency, type } = account;
  const posted = normalSide(type) === 'debit' ? sum : -sum;
  return { account: code, currency, posted: formatMinor(posted, currency) };
}
