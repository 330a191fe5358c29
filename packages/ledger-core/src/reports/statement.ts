import type { Knex } from 'knex';
import { type Account, normalSide, type Side } from '../accounts/account.ts';
import type { EntryId } from '../journal/entry.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { formatMinor } from '../money/money.ts';
import { fromCursor, malformedCursor, malformedQuery, pageLimit, toCursor } from '../paging/page.ts';
import { findCounterparts, readLines, type StoredLine, type Walk } from './statement-lines.ts';
import { effectiveRange } from './times.ts';

/** Which page of an account's statement. */
export interface StatementOptions {
  /** The lines after this place: the `after` of another page. Not together with `before`. */
  after?: string;
  /** The lines before this place: the `before` of another page. */
  before?: string;
  /** From the last line to the first; `after` and `before` mean this order. Defaults to false: as they were posted. */
  newestFirst?: boolean;
  /** Only what is effective at this instant or later. */
  from?: Date;
  /** Only what is effective before this instant. */
  to?: Date;
  /** How many lines at most, up to 1,000. Default 100. */
  limit?: number;
  /** Give for each line the codes of the entry's other accounts, as far as they stand in its first 20 lines. */
  counterparts?: boolean;
}

/** A line of an account. Amounts are text in major units, on the account's normal side: what makes it grow is above zero. */
export interface StatementLine {
  /** Its number within the account, from 1, without a gap. */
  readonly sequence: number;
  readonly entryId: EntryId;
  readonly kind: string;
  readonly description: string;
  readonly effectiveAt: Date;
  readonly bookedAt: Date;
  readonly side: Side;
  readonly amount: string;
  /** What the account held after this line and all before it, in the order in which they were posted. */
  readonly balance: string;
  readonly counterparts?: readonly string[];
}

/** Part of an account's statement, with the cursors that lead on. */
export interface StatementPage {
  readonly account: string;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  /** The place before the first line, and after the last: give one back to go on there. Lines posted later come after. */
  readonly before: string | null;
  readonly after: string | null;
  /** Whether there are more lines in the direction in which was read. */
  readonly hasMore: boolean;
}

/**
 * A page of an account's lines, in the order in which they were posted or the other way round. It costs by the lines of the page,
 * however many the account has.
 * @throws LedgerError `query_malformed`, `cursor_malformed`
 */
export async function readStatement(
  db: Knex,
  ledgerId: number,
  account: Account,
  options: StatementOptions,
): Promise<StatementPage> {
  const { code, currency, accountId } = account;
  const limit = pageLimit(options.limit);
  const list = ['statement', String(ledgerId), code];
  const walk = walkOf(options, list);

  const found = await readLines(db, [ledgerId, accountId], walk, limit + 1);
  const page = found.slice(0, limit);
  if (options.before !== undefined) page.reverse();
  const others =
    options.counterparts === true ? await findCounterparts(db, [ledgerId, accountId], page) : undefined;

  const cursorOf = (line: StoredLine | undefined) =>
    line === undefined ? undefined : toCursor(list, line.sequence);
  return {
    account: code,
    currency,
    lines: page.map((line) => ({
      ...toLine(account, line),
      ...(others === undefined ? {} : { counterparts: others.get(line.entryId.toString('hex')) ?? [] }),
    })),
    before: cursorOf(page[0]) ?? options.before ?? null,
    after: cursorOf(page.at(-1)) ?? options.after ?? null,
    hasMore: found.length > limit,
  };
}

/** Reading before a place in one order is reading after it in the other. */
function walkOf({ after, before, newestFirst = false, ...times }: StatementOptions, list: string[]): Walk {
  if (after !== undefined && before !== undefined)
    throw malformedQuery('before', before, 'is not given together with after');
  const cursor = after ?? before;
  return {
    isForward: newestFirst === (before !== undefined),
    beyond: cursor === undefined ? null : sequenceOf(cursor, list),
    range: effectiveRange(times.from, times.to),
  };
}

function sequenceOf(cursor: string, list: string[]): bigint {
  const place = fromCursor(list, cursor);
  if (!/^[1-9]\d{0,17}$/.test(place)) throw malformedCursor(cursor);
  return BigInt(place);
}

function toLine({ type, currency }: Account, line: StoredLine): StatementLine {
  const onNormalSide = (minor: bigint) =>
    formatMinor(normalSide(type) === 'debit' ? minor : -minor, currency);
  return {
    sequence: Number(line.sequence),
    entryId: toEntryId(line.entryId),
    kind: line.kind,
    description: line.description,
    effectiveAt: line.effectiveAt,
    bookedAt: line.bookedAt,
    side: line.amount > 0n ? 'debit' : 'credit',
    amount: onNormalSide(line.amount),
    balance: onNormalSide(line.balance),
  };
}
