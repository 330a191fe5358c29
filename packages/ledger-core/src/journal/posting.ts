import type { Knex } from 'knex';
import type { Chart } from '../accounts/chart.ts';
import { runAll, type Statement } from '../database/insert-rows.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { balanceUpdate, type LockedBalance, lockBalances } from './balances-table.ts';
import { type BookedEntry, type BookedGroup, bookGroups, type Group, wellFormed } from './booking.ts';
import { foldDays } from './days.ts';
import { turnoverInsertion } from './days-table.ts';
import type { Books, KnownKey } from './decide.ts';
import { type Decisions, decideGroups, type Outcome } from './decide-groups.ts';
import { entryInsertion, findKeys } from './entries-table.ts';
import type { Line } from './entry.ts';
import { lineInsertion } from './lines-table.ts';
import { completeSpans } from './spans-table.ts';

export interface PostingContext {
  readonly ledgerId: number;
  readonly timeZone: string;
  readonly chart: Chart;
  readonly clock: () => Date;
}

const MAX_TWIN_ROUNDS = 5;
const NO_KEYS: ReadonlyMap<string, KnownKey> = new Map();

/**
 * Posts groups in the caller's READ COMMITTED transaction, each decided after those before it. Returns an outcome for each
 * entry, group by group. Nothing is written for a group that is rejected. A database error is thrown, and the caller's
 * transaction must then be rolled back.
 */
export async function postGroups(
  trx: Knex,
  context: PostingContext,
  groups: readonly Group[],
): Promise<Outcome[][]> {
  // Prepare: what can be told from the entries alone.
  return postBooked(trx, context, bookGroups(groups, context.clock(), context.timeZone));
}

/**
 * As {@link postGroups}, for what has been prepared.
 * @param used the keys among them that have been used, where somebody has looked them up already
 */
export async function postBooked(
  trx: Knex,
  context: PostingContext,
  booked: readonly BookedGroup[],
  used?: ReadonlyMap<string, KnownKey>,
): Promise<Outcome[][]> {
  const { ledgerId } = context;
  const entries = wellFormed(booked);

  // Lock the accounts in id order, in one place, before anything is read that a decision rests on.
  const { accounts, balances: locked } = await lockAccountsOf(trx, context, linesOf(entries));

  let known = used;
  for (let round = 1; ; round++) {
    // Decide: a pure fold over copies of the locked balances. A key that has been used answers for itself, so a refusal stands
    // only once the keys have been looked up; the usual entry is spared the look-up.
    const balances = copyOf(locked);
    const decisions = decideGroups(booked, known ?? NO_KEYS, { accounts, balances });
    if (known === undefined && decisions.accepted.length < entries.length) {
      known = await findKeys(trx, ledgerId, keysOf(entries));
      continue;
    }
    if (decisions.accepted.length === 0) return decisions.outcomes;
    // Point of no return: from the first INSERT on, an error rolls the transaction back. The one exception is a key that has
    // been used: MySQL undoes that statement alone, which is the first, and the next round knows the key.
    const statements = [
      ...entryInsertion(ledgerId, decisions.accepted),
      ...effectsOf(ledgerId, decisions, balances),
    ];
    const twin = await runAll(trx, statements).then(() => undefined, duplicateOrThrow);
    if (twin === undefined) {
      await completeSpans(trx, ledgerId, decisions.lines);
      return decisions.outcomes;
    }
    if (round >= MAX_TWIN_ROUNDS) throw twin;
    known = await findKeys(trx, ledgerId, keysOf(entries), { latest: true });
  }
}

/**
 * Posts groups that are most likely new and acceptable: the entries are written first, before any account is locked, so that
 * a hot account is locked for the lines and balances only, and the unique key stands in for the look-up of used keys.
 * Returns undefined when a key had been used, or an account refuses: the caller must then roll back, and use
 * {@link postGroups}, which decides before it writes.
 */
export async function postGroupsEarly(
  trx: Knex,
  context: PostingContext,
  groups: readonly Group[],
): Promise<Outcome[][] | undefined> {
  const { ledgerId } = context;
  const booked = bookGroups(groups, context.clock(), context.timeZone);
  const entries = wellFormed(booked);
  if (hasTwins(entries)) return undefined;
  const twin = await runAll(trx, entryInsertion(ledgerId, entries)).then(() => undefined, duplicateOrThrow);
  if (twin !== undefined) return undefined;
  const books = await lockAccountsOf(trx, context, linesOf(entries));
  const decisions = decideGroups(booked, NO_KEYS, books);
  if (decisions.accepted.length < entries.length) return undefined;
  await runAll(trx, effectsOf(ledgerId, decisions, books.balances));
  await completeSpans(trx, ledgerId, decisions.lines);
  return decisions.outcomes;
}

/** Locks the accounts that the lines name, in id order, and reads what decisions rest on. An unknown account is not among them. */
export async function lockAccountsOf(
  trx: Knex,
  { ledgerId, chart }: PostingContext,
  lines: Iterable<Pick<Line, 'account'>>,
): Promise<Books> {
  const codes = new Set<string>();
  for (const { account } of lines) codes.add(account);
  const accounts = await chart.resolve(trx, codes);
  const ids = [...accounts.values()].map(({ accountId }) => accountId);
  const balances = await lockBalances(trx, ledgerId, ids);
  chart.forget(
    [...accounts.values()].filter(({ accountId }) => !balances.has(accountId)).map(({ code }) => code),
  );
  return { accounts, balances };
}

function* linesOf(entries: readonly BookedEntry[]): Iterable<Line> {
  for (const { prepared } of entries) yield* prepared.entry.lines;
}

/** What accepted entries write beside themselves. */
function effectsOf(
  ledgerId: number,
  decisions: Decisions,
  balances: ReadonlyMap<number, LockedBalance>,
): Statement[] {
  const turnovers = foldDays(decisions, balances);
  const touched = new Set(decisions.lines.map(({ line }) => line.account.accountId));
  return [
    ...lineInsertion(ledgerId, decisions.lines),
    ...balanceUpdate(
      ledgerId,
      [...balances.values()].filter(({ accountId }) => touched.has(accountId)),
    ),
    ...turnoverInsertion(ledgerId, turnovers),
  ];
}

function duplicateOrThrow(error: unknown): unknown {
  if (isMysqlError(error, 'duplicateKey')) return error;
  throw error;
}

function keysOf(entries: readonly BookedEntry[]): string[] {
  return entries.map(({ prepared }) => prepared.entry.idempotencyKey);
}

function hasTwins(entries: readonly BookedEntry[]): boolean {
  return new Set(keysOf(entries)).size < entries.length;
}

function copyOf(locked: ReadonlyMap<number, LockedBalance>): Map<number, LockedBalance> {
  return new Map([...locked].map(([id, balance]) => [id, { ...balance }]));
}
