import type { Knex } from 'knex';
import type { Chart } from '../accounts/chart.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { isLedgerError, type LedgerError } from '../errors.ts';
import { businessDay, type Day } from '../periods/business-day.ts';
import { type LockedBalance, lockBalances, writeBalances } from './balances-table.ts';
import { addTurnovers, type Turnover } from './days-table.ts';
import { applyEntry, type Books, type DecidedLine, decideEntry, decideKey, type KnownKey } from './decide.ts';
import { type BookedEntry, findKeys, insertEntries } from './entries-table.ts';
import type { Entry, PostedEntry } from './entry.ts';
import { newEntryId, toEntryId } from './entry-id.ts';
import { insertLines } from './lines-table.ts';
import { type PreparedEntry, prepare } from './prepare.ts';

/** What became of one entry of a batch: a bad one is rejected alone. */
export type Outcome =
  | { readonly status: 'posted' | 'replayed'; readonly posted: PostedEntry }
  | { readonly status: 'rejected'; readonly error: LedgerError };

export interface PostingContext {
  readonly ledgerId: number;
  readonly timeZone: string;
  readonly chart: Chart;
  readonly clock: () => Date;
}

interface Decisions {
  readonly outcomes: Outcome[][];
  readonly booked: BookedEntry[];
  readonly lines: { entryId: Buffer; line: DecidedLine; booked: BookedEntry }[];
}

const MAX_TWIN_ROUNDS = 5;

/** Linked entries: all of them are posted, or none. */
export interface Group {
  readonly entries: readonly Entry[];
  /** Groups of one order key are posted in order: once one is rejected, the later ones of the batch are as well. */
  readonly orderKey?: string;
}

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
  // Prepare: what can be told from the entry alone.
  const prepared = groups.map(({ entries, orderKey }) => ({
    entries: entries.map(prepareOrReject),
    orderKey,
  }));
  const wellFormed = prepared
    .flatMap(({ entries }) => entries)
    .filter((p): p is PreparedEntry => !isLedgerError(p));

  // Lock the accounts in id order, in one place, before anything is read that a decision rests on.
  const codes = new Set(wellFormed.flatMap(({ entry }) => entry.lines.map(({ account }) => account)));
  const accounts = await context.chart.resolve(trx, codes);
  const locked = await lockBalances(
    trx,
    context.ledgerId,
    [...accounts.values()].map(({ accountId }) => accountId),
  );
  context.chart.forget(
    [...accounts.values()].filter(({ accountId }) => !locked.has(accountId)).map(({ code }) => code),
  );

  for (let round = 1; ; round++) {
    // Read and decide: a pure fold over copies of the locked balances.
    const known = await findKeys(
      trx,
      context.ledgerId,
      wellFormed.map(({ entry }) => entry.idempotencyKey),
    );
    const balances = new Map([...locked].map(([id, balance]) => [id, { ...balance }]));
    const decisions = decideGroups(prepared, known, { accounts, balances }, context);
    if (decisions.booked.length === 0) return decisions.outcomes;
    try {
      // Point of no return: from the first INSERT on, an error rolls the transaction back. The one exception is a twin of a
      // key that committed after findKeys: MySQL undoes that statement alone, and the next round finds the twin.
      await insertEntries(trx, context.ledgerId, decisions.booked);
    } catch (error) {
      if (isMysqlError(error, 'duplicateKey') && round < MAX_TWIN_ROUNDS) continue;
      throw error;
    }
    await write(trx, context.ledgerId, decisions, balances);
    return decisions.outcomes;
  }
}

async function write(
  trx: Knex,
  ledgerId: number,
  { lines }: Decisions,
  balances: Books['balances'],
): Promise<void> {
  const touched = new Set(lines.map(({ line }) => line.account.accountId));
  await insertLines(trx, ledgerId, lines);
  await writeBalances(
    trx,
    ledgerId,
    [...balances.values()].filter(({ accountId }) => touched.has(accountId)),
  );
  await addTurnovers(trx, ledgerId, turnovers(lines));
}

interface PreparedGroup {
  readonly entries: readonly (PreparedEntry | LedgerError)[];
  readonly orderKey: string | undefined;
}

function decideGroups(
  groups: readonly PreparedGroup[],
  stored: ReadonlyMap<string, KnownKey>,
  books: Books,
  context: PostingContext,
): Decisions {
  const bookedAt = context.clock();
  const now = { bookedAt, bookedDay: businessDay(bookedAt, context.timeZone), timeZone: context.timeZone };
  const known = new Map(stored);
  const blocked = new Map<string, Outcome>();
  const decisions: Decisions = { outcomes: [], booked: [], lines: [] };
  for (const { entries, orderKey } of groups) {
    const blocker = orderKey === undefined ? undefined : blocked.get(orderKey);
    if (blocker !== undefined) {
      decisions.outcomes.push(entries.map(() => blocker));
      continue;
    }
    const saved = save(entries, books);
    const decided = entries.map((prepared) => decideOne(prepared, known, books, now));
    const refused = decided.find(({ outcome }) => outcome.status === 'rejected');
    if (refused === undefined) {
      collect(decided, decisions);
    } else {
      undo(decided, saved, known, books);
      decisions.outcomes.push(
        decided.map(({ outcome }) => (outcome.status === 'rejected' ? outcome : refused.outcome)),
      );
      if (orderKey !== undefined) blocked.set(orderKey, refused.outcome);
    }
  }
  return decisions;
}

function collect(decided: readonly Decided[], decisions: Decisions): void {
  decisions.outcomes.push(decided.map(({ outcome }) => outcome));
  for (const { booked, lines } of decided) {
    if (booked === undefined) continue;
    decisions.booked.push(booked);
    for (const line of lines) decisions.lines.push({ entryId: booked.entryId, line, booked });
  }
}

/** All or none: what a rejected group's accepted entries did to the balances and keys is taken back. */
function undo(
  decided: readonly Decided[],
  saved: readonly LockedBalance[],
  known: Map<string, KnownKey>,
  books: Books,
): void {
  for (const { booked } of decided)
    if (booked !== undefined) known.delete(booked.prepared.entry.idempotencyKey);
  for (const balance of saved) Object.assign(books.balances.get(balance.accountId) ?? {}, balance);
}

interface Decided {
  readonly outcome: Outcome;
  readonly booked?: BookedEntry;
  readonly lines: readonly DecidedLine[];
}

function decideOne(
  prepared: PreparedEntry | LedgerError,
  known: Map<string, KnownKey>,
  books: Books,
  { bookedAt, bookedDay, timeZone }: { bookedAt: Date; bookedDay: Day; timeZone: string },
): Decided {
  if (isLedgerError(prepared)) return { outcome: rejected(prepared), lines: [] };
  const { entry, fingerprint } = prepared;
  const first = known.get(entry.idempotencyKey);
  const error = first === undefined ? decideEntry(prepared, books) : decideKey(prepared, first);
  if (error !== undefined) return { outcome: rejected(error), lines: [] };
  if (first !== undefined)
    return { outcome: accepted('replayed', first.entryId, entry.idempotencyKey), lines: [] };

  const effectiveAt = entry.effectiveAt ?? bookedAt;
  const booked = {
    entryId: newEntryId(bookedAt),
    prepared,
    effectiveAt,
    bookedAt,
    bookedDay,
    effectiveDay: businessDay(effectiveAt, timeZone),
  };
  known.set(entry.idempotencyKey, { entryId: booked.entryId, fingerprint });
  return {
    outcome: accepted('posted', booked.entryId, entry.idempotencyKey),
    booked,
    lines: applyEntry(prepared, books),
  };
}

/** Copies of the balances that a group of several may change. A lone entry is decided before it changes anything. */
function save(group: PreparedGroup['entries'], { accounts, balances }: Books): LockedBalance[] {
  if (group.length < 2) return [];
  const codes = new Set(
    group.flatMap((p) => (isLedgerError(p) ? [] : p.entry.lines.map(({ account }) => account))),
  );
  return [...codes].flatMap((code) => {
    const balance = balances.get(accounts.get(code)?.accountId ?? -1);
    return balance === undefined ? [] : [{ ...balance }];
  });
}

function turnovers(lines: Decisions['lines']): Turnover[] {
  const byKey = new Map<string, Turnover>();
  for (const { line, booked } of lines) {
    const { accountId } = line.account;
    const { effectiveDay, bookedDay } = booked;
    const key = `${accountId} ${effectiveDay}`;
    const turnover = byKey.get(key) ?? { accountId, effectiveDay, bookedDay, debit: 0n, credit: 0n };
    if (line.amount > 0n) turnover.debit += line.amount;
    else turnover.credit -= line.amount;
    byKey.set(key, turnover);
  }
  return [...byKey.values()];
}

function prepareOrReject(entry: Entry): PreparedEntry | LedgerError {
  try {
    return prepare(entry);
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
}

function accepted(status: 'posted' | 'replayed', entryId: Buffer, idempotencyKey: string): Outcome {
  return { status, posted: { entryId: toEntryId(entryId), idempotencyKey, replayed: status === 'replayed' } };
}

function rejected(error: LedgerError): Outcome {
  return { status: 'rejected', error };
}
