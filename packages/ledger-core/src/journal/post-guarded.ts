import type { Knex } from 'knex';
import { normalSide } from '../accounts/account.ts';
import { runAll } from '../database/insert-rows.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import type { Day } from '../periods/business-day.ts';
import { type GuardedMove, moveBack, moveGuarded } from './balance-moves-table.ts';
import { type BookedEntry, type BookedGroup, bookGroups, wellFormed } from './booking.ts';
import type { Outcome } from './decide-groups.ts';
import { entryInsertion, findKeys } from './entries-table.ts';
import type { LinkedEntry } from './entry.ts';
import { toEntryId } from './entry-id.ts';
import { movedLineInsertion } from './lines-table.ts';
import { type PostingContext, postBooked } from './posting.ts';

/** Posts entries one at a time in a caller's transaction, in as few round trips as it takes. */
export interface LonePoster {
  /** As `postGroups` would with this entry alone. */
  post(trx: Knex, entry: LinkedEntry): Promise<Outcome>;
}

interface PlainEntry {
  readonly groups: readonly BookedGroup[];
  readonly booked: BookedEntry;
  readonly moves: readonly GuardedMove[];
}

/** More accounts than these make a long statement, and the round trip that is saved counts for less. */
const MOST_MOVES = 32;

/**
 * The usual entry needs no look at its accounts: one UPDATE locks them, in id order, and moves them if each of them may be moved, or
 * fails as a whole. Only where it fails are the accounts read and the refusal decided, the careful way.
 */
export function createLonePoster(context: PostingContext): LonePoster {
  const { ledgerId } = context;
  // An account's first entry of a day moves the day before into a row of its own, which is the careful way's business.
  const lastDays = new Map<number, Day>();

  async function post(trx: Knex, entry: LinkedEntry): Promise<Outcome> {
    // Prepare: what can be told from the entry alone. The caller may change it from here on.
    const groups = bookGroups([{ entries: [entry] }], context.clock(), context.timeZone);
    const [booked] = wellFormed(groups);
    const moves = booked && (await movesOf(trx, booked, context));
    if (booked === undefined || moves === undefined) return only(await postBooked(trx, context, groups));
    return postPlain(trx, { groups, booked, moves });
  }

  async function postPlain(trx: Knex, { groups, booked, moves }: PlainEntry): Promise<Outcome> {
    const result = isUnderWay(moves, booked.bookedDay) ? await write(trx, booked, moves) : 'refused';
    if (result === 'posted') return posted(booked);
    const keys = [booked.prepared.entry.idempotencyKey];
    const used = result === 'used' ? await findKeys(trx, ledgerId, keys, { latest: true }) : undefined;
    const outcome = only(await postBooked(trx, context, groups, used));
    if (outcome.status === 'posted')
      for (const { accountId } of moves) lastDays.set(accountId, booked.bookedDay);
    return outcome;
  }

  function isUnderWay(moves: readonly GuardedMove[], day: Day): boolean {
    return moves.every(({ accountId }) => lastDays.get(accountId) === day);
  }

  /** Writes all of it, or nothing: because an account refuses, or because the key had been used. */
  async function write(
    trx: Knex,
    booked: BookedEntry,
    moves: readonly GuardedMove[],
  ): Promise<'posted' | 'refused' | 'used'> {
    if (!(await moveGuarded(trx, ledgerId, booked.bookedDay, moves))) return 'refused';
    try {
      await runAll(trx, [...entryInsertion(ledgerId, [booked]), movedLineInsertion(ledgerId, booked, moves)]);
      return 'posted';
    } catch (error) {
      if (!isMysqlError(error, 'duplicateKey')) throw error;
      // MySQL undid the INSERT alone. Nobody else has seen the accounts move, because their locks are held.
      await moveBack(trx, ledgerId, moves);
      return 'used';
    }
  }

  return { post };
}

/** How the entry moves its accounts; undefined where it is not plain enough, or an account is not what its line takes it for. */
async function movesOf(
  trx: Knex,
  { prepared: { entry }, effectiveDay, bookedDay }: BookedEntry,
  { chart }: PostingContext,
): Promise<GuardedMove[] | undefined> {
  const { lines, limitOverride, captures } = entry;
  if (effectiveDay !== bookedDay || limitOverride !== undefined || captures !== undefined) return undefined;
  const codes = new Set(lines.map(({ account }) => account));
  // An account on both sides has two lines, and its limits ask for the balance after both.
  if (codes.size < lines.length || codes.size > MOST_MOVES) return undefined;
  const accounts = await chart.resolve(trx, codes);
  const moves = lines.flatMap(({ account: code, side, amount }, index) => {
    const account = accounts.get(code);
    if (account?.currency !== amount.currency) return [];
    const grows = normalSide(account.type) === side;
    return [{ accountId: account.accountId, lineNumber: index + 1, side, minor: amount.minor, grows }];
  });
  return moves.length === lines.length ? moves : undefined;
}

function only(outcomes: readonly (readonly Outcome[])[]): Outcome {
  const outcome = outcomes[0]?.[0];
  if (outcome === undefined) throw new Error('Posting gave no outcome.');
  return outcome;
}

function posted({ entryId, prepared }: BookedEntry): Outcome {
  const { idempotencyKey } = prepared.entry;
  return { status: 'posted', posted: { entryId: toEntryId(entryId), idempotencyKey, replayed: false } };
}
