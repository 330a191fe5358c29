import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { inSnapshot } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import { toEntryId } from '../journal/entry-id.ts';
import { findLedger } from '../ledgers-table.ts';
import { formatMinor } from '../money/money.ts';
import { type JournalEntry, readEntry } from './entry.ts';

/** Turnover of an account since its beginning; text in major units. */
export interface Turnover {
  readonly debit: string;
  readonly credit: string;
}

/** An account whose turnover differs between two ledgers. */
export interface AccountDifference {
  readonly account: string;
  readonly currency: string;
  /** Null where the ledger has nothing on such an account. */
  readonly a: Turnover | null;
  readonly b: Turnover | null;
}

/** An entry that two ledgers have differently under one key; null where one lacks it. */
export interface EntryDifference {
  readonly idempotencyKey: string;
  readonly a: JournalEntry | null;
  readonly b: JournalEntry | null;
}

/** How the books of two ledgers differ. */
export interface LedgerDiff {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  /** How many accounts differ, and the first of them by code. */
  readonly accounts: {
    readonly compared: number;
    readonly differing: number;
    readonly first: readonly AccountDifference[];
  };
  /** The first entries that differ in body or time, in the order of booking, those of A first; then the first that only B has. */
  readonly entries: readonly EntryDifference[];
}

interface TurnoverRow {
  code: string;
  currency: string;
  debit: string;
  credit: string;
}

const ACCOUNTS_AT_ONCE = 1_000;
const ENTRIES_AT_ONCE = 5_000;

/**
 * Compares two ledgers of a database, in one snapshot: their trial balances per account, and their entries by idempotency key.
 * Memory does not grow with either.
 * @throws LedgerError `ledger_unknown`, `database_unreachable`
 */
export function diffLedgers(
  knex: Knex,
  a: string,
  b: string,
  { limit = 10 }: { limit?: number } = {},
): Promise<LedgerDiff> {
  return inSnapshot(knex, async (trx) => {
    const [idA, idB] = [await idOf(trx, a), await idOf(trx, b)];
    const accounts = await diffAccounts(trx, idA, idB, limit);
    const differing = await findDiffering(trx, idA, idB, 'any', limit);
    const extra = await findDiffering(trx, idB, idA, 'missing', limit - differing.length);
    const entries = await Promise.all([
      ...differing.map((pair) =>
        readPair(trx, { ledgerId: idA, id: pair.id }, { ledgerId: idB, id: pair.other }),
      ),
      ...extra.map((pair) => readPair(trx, { ledgerId: idA, id: null }, { ledgerId: idB, id: pair.id })),
    ]);
    return { a, b, same: accounts.differing === 0 && entries.length === 0, accounts, entries };
  });
}

async function idOf(trx: Knex, name: string): Promise<number> {
  const found = await findLedger(trx, name);
  if (found === undefined)
    throw new LedgerError('ledger_unknown', `There is no ledger named ${name}.`, { name });
  return found.ledgerId;
}

/** Both charts are walked in the order of their codes, so that no more than a page of each is in memory. */
async function diffAccounts(
  trx: Knex,
  idA: number,
  idB: number,
  limit: number,
): Promise<LedgerDiff['accounts']> {
  const first: AccountDifference[] = [];
  let compared = 0;
  let differing = 0;
  for await (const [a, b] of sideBySide(turnovers(trx, idA), turnovers(trx, idB))) {
    compared += 1;
    const difference = differenceOf(a, b);
    if (difference === undefined) continue;
    differing += 1;
    if (first.length < limit) first.push(difference);
  }
  return { compared, differing, first };
}

type Walk = AsyncGenerator<TurnoverRow, undefined>;

/** The rows of the same code together; undefined for a side that has none. */
async function* sideBySide(
  walkA: Walk,
  walkB: Walk,
): AsyncGenerator<[TurnoverRow | undefined, TurnoverRow | undefined]> {
  const next = async (walk: Walk) => (await walk.next()).value;
  let a = await next(walkA);
  let b = await next(walkB);
  while (a !== undefined || b !== undefined) {
    const order = compareCodes(a, b);
    yield [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
    if (order <= 0) a = await next(walkA);
    if (order >= 0) b = await next(walkB);
  }
}

/** A side that has ended comes after all codes. */
function compareCodes(a: TurnoverRow | undefined, b: TurnoverRow | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (a.code === b.code) return 0;
  return a.code < b.code ? -1 : 1;
}

function differenceOf(a: TurnoverRow | undefined, b: TurnoverRow | undefined): AccountDifference | undefined {
  const row = a ?? b;
  const isSame = a?.currency === b?.currency && a?.debit === b?.debit && a?.credit === b?.credit;
  if (row === undefined || isSame) return undefined;
  return { account: row.code, currency: row.currency, a: toTurnover(a), b: toTurnover(b) };
}

function toTurnover(row: TurnoverRow | undefined): Turnover | null {
  if (row === undefined) return null;
  const { debit, credit, currency } = row;
  return { debit: formatMinor(BigInt(debit), currency), credit: formatMinor(BigInt(credit), currency) };
}

async function* turnovers(trx: Knex, ledgerId: number): Walk {
  for (let after = ''; ; ) {
    const rows = await selectRows<TurnoverRow>(
      trx,
      `SELECT a.code, a.currency, CAST(b.posted_debit AS CHAR) AS debit, CAST(b.posted_credit AS CHAR) AS credit
         FROM accounts AS a FORCE INDEX (accounts_code)
         STRAIGHT_JOIN account_balances AS b ON b.ledger_id = a.ledger_id AND b.account_id = a.account_id
        WHERE a.ledger_id = ? AND a.code > ? AND b.last_sequence > 0
        ORDER BY a.code
        LIMIT ?`,
      [ledgerId, after, ACCOUNTS_AT_ONCE],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    after = last.code;
  }
}

interface Pair {
  readonly id: Buffer;
  /** The entry of the same key in the other ledger. */
  readonly other: Buffer | null;
}

/** The first entries of a ledger that the other lacks, or has otherwise. */
async function findDiffering(
  trx: Knex,
  ledgerId: number,
  otherId: number,
  which: 'any' | 'missing',
  limit: number,
): Promise<Pair[]> {
  const found: Pair[] = [];
  for (let after: Buffer = Buffer.alloc(16); found.length < limit; ) {
    const [window] = await selectRows<{ last: Buffer | null }>(
      trx,
      `SELECT MAX(w.entry_id) AS last
         FROM (SELECT entry_id FROM journal_entries WHERE ledger_id = ? AND entry_id > ? ORDER BY entry_id LIMIT ?) AS w`,
      [ledgerId, after, ENTRIES_AT_ONCE],
    );
    const last = window?.last ?? null;
    if (last === null) break;
    found.push(
      ...(await differingIn(trx, { ledgerId, otherId, after, last, which, limit: limit - found.length })),
    );
    after = last;
  }
  return found;
}

function differingIn(
  trx: Knex,
  {
    ledgerId,
    otherId,
    after,
    last,
    which,
    limit,
  }: {
    ledgerId: number;
    otherId: number;
    after: Buffer;
    last: Buffer;
    which: 'any' | 'missing';
    limit: number;
  },
): Promise<Pair[]> {
  const otherwise =
    which === 'any' ? 'OR o.fingerprint <> e.fingerprint OR o.effective_at <> e.effective_at' : '';
  return selectRows<Pair>(
    trx,
    `SELECT e.entry_id AS id, o.entry_id AS other
       FROM journal_entries AS e
       LEFT JOIN journal_entries AS o ON o.ledger_id = ? AND o.idempotency_key = e.idempotency_key
      WHERE e.ledger_id = ? AND e.entry_id > ? AND e.entry_id <= ? AND (o.entry_id IS NULL ${otherwise})
      ORDER BY e.entry_id
      LIMIT ?`,
    [otherId, ledgerId, after, last, limit],
  );
}

interface Place {
  readonly ledgerId: number;
  readonly id: Buffer | null;
}

async function readPair(trx: Knex, placeA: Place, placeB: Place): Promise<EntryDifference> {
  const read = async ({ ledgerId, id }: Place) =>
    id === null ? null : readEntry(trx, ledgerId, toEntryId(id));
  const [a, b] = [await read(placeA), await read(placeB)];
  return { idempotencyKey: (a ?? b)?.idempotencyKey ?? '', a, b };
}
