import type { Knex } from 'knex';
import type { Chart } from '../accounts/chart.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { type LockedBalance, lockBalances, writeBalances } from './balances-table.ts';
import { type BookedEntry, bookGroups, type Group, wellFormed } from './booking.ts';
import { foldDays } from './days.ts';
import { addTurnovers } from './days-table.ts';
import type { Books, KnownKey } from './decide.ts';
import { type Decisions, decideGroups, type Outcome } from './decide-groups.ts';
import { findKeys, insertEntries } from './entries-table.ts';
import type { Line } from './entry.ts';
import { insertLines } from './lines-table.ts';

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
  const { ledgerId } = context;
  // Prepare: what can be told from the entries alone.
  const booked = bookGroups(groups, context.clock(), context.timeZone);
  const entries = wellFormed(booked);

  // Lock the accounts in id order, in one place, before anything is read that a decision rests on.
  const { accounts, balances: locked } = await lockAccountsOf(trx, context, linesOf(entries));

  for (let round = 1; ; round++) {
    // Read and decide: a pure fold over copies of the locked balances.
    const known = await findKeys(
      trx,
      ledgerId,
      entries.map(({ prepared }) => prepared.entry.idempotencyKey),
      { latest: round > 1 },
    );
    const balances = copyOf(locked);
    const decisions = decideGroups(booked, known, { accounts, balances });
    if (decisions.accepted.length === 0) return decisions.outcomes;
    try {
      // Point of no return: from the first INSERT on, an error rolls the transaction back. The one exception is a twin of a
      // key that committed after findKeys: MySQL undoes that statement alone, and the next round finds the twin.
      await insertEntries(trx, ledgerId, decisions.accepted);
    } catch (error) {
      if (isMysqlError(error, 'duplicateKey') && round < MAX_TWIN_ROUNDS) continue;
      throw error;
    }
    await writeEffects(trx, ledgerId, decisions, balances);
    return decisions.outcomes;
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
  try {
    await insertEntries(trx, ledgerId, entries);
  } catch (error) {
    if (isMysqlError(error, 'duplicateKey')) return undefined;
    throw error;
  }
  const books = await lockAccountsOf(trx, context, linesOf(entries));
  const decisions = decideGroups(booked, NO_KEYS, books);
  if (decisions.accepted.length < entries.length) return undefined;
  await writeEffects(trx, ledgerId, decisions, books.balances);
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

async function writeEffects(
  trx: Knex,
  ledgerId: number,
  decisions: Decisions,
  balances: ReadonlyMap<number, LockedBalance>,
): Promise<void> {
  const turnovers = foldDays(decisions, balances);
  const touched = new Set(decisions.lines.map(({ line }) => line.account.accountId));
  await insertLines(trx, ledgerId, decisions.lines);
  await writeBalances(
    trx,
    ledgerId,
    [...balances.values()].filter(({ accountId }) => touched.has(accountId)),
  );
  await addTurnovers(trx, ledgerId, turnovers);
}

function hasTwins(entries: readonly BookedEntry[]): boolean {
  return new Set(entries.map(({ prepared }) => prepared.entry.idempotencyKey)).size < entries.length;
}

function copyOf(locked: ReadonlyMap<number, LockedBalance>): Map<number, LockedBalance> {
  return new Map([...locked].map(([id, balance]) => [id, { ...balance }]));
}
