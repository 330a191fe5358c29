import type { Knex } from 'knex';
import { isMysqlError } from '../database/mysql-errors.ts';
import { describeRefused, LedgerError } from '../errors.ts';
import { malformedQuery } from '../paging/page.ts';
import { readClosedThrough } from '../periods/periods-table.ts';
import {
  type Account,
  type AccountOpening,
  assertAccountCode,
  type CheckedOpening,
  checkOpening,
  unknownAccount,
} from './account.ts';
import { newAccountId } from './account-id.ts';
import { findAccounts, insertAccounts } from './accounts-table.ts';
import { heedCurrency, settleCurrency } from './currencies-table.ts';

/** The chart of accounts of one ledger. What an account is never changes, so it is read once and remembered. */
export interface Chart {
  /** The accounts of these codes that exist, by code. */
  resolve(db: Knex, codes: Iterable<string>): Promise<Map<string, Account>>;
  /**
   * The accounts of these codes, in their order.
   * @throws LedgerError `account_code_malformed`, `account_unknown`
   */
  require(db: Knex, codes: readonly string[]): Promise<Account[]>;
  /** Opens the accounts that are missing, and returns all, in the order given. */
  open(trx: Knex, openings: readonly AccountOpening[]): Promise<Account[]>;
  /** Forgets accounts that turned out not to be there. */
  forget(codes: Iterable<string>): void;
}

export function createChart(ledgerId: number, clock: () => Date): Chart {
  const known = new Map<string, Account>();
  // What a transaction opened may yet be rolled back, so it is not remembered beyond that transaction.
  const openedIn = new WeakMap<Knex, Set<string>>();

  async function resolve(db: Knex, codes: Iterable<string>): Promise<Map<string, Account>> {
    const found = new Map<string, Account>();
    const missing: string[] = [];
    for (const code of new Set(codes)) {
      const account = known.get(code);
      if (account === undefined) missing.push(code);
      else found.set(code, account);
    }
    const unsettled = openedIn.get(db);
    for (const account of await findAccounts(db, ledgerId, missing)) {
      // Another process may have opened it, and say otherwise what its amounts mean.
      await heedCurrency(db, ledgerId, account.currency);
      found.set(account.code, account);
      if (unsettled?.has(account.code) !== true) known.set(account.code, account);
    }
    return found;
  }

  async function require(db: Knex, codes: readonly string[]): Promise<Account[]> {
    if (!Array.isArray(codes)) throw malformedQuery('codes', codes, 'are a list');
    for (const code of codes) assertAccountCode(code);
    const found = await resolve(db, codes);
    return codes.map((code) => {
      const account = found.get(code);
      if (account === undefined) throw unknownAccount(code);
      return account;
    });
  }

  async function open(trx: Knex, openings: readonly AccountOpening[]): Promise<Account[]> {
    const checked = checkOpenings(openings);
    const byCode = new Map(checked.map((opening) => [opening.code, opening]));
    for (let attempt = 1; ; attempt++) {
      const found = await resolve(trx, byCode.keys());
      const missing = [...byCode.values()].filter(({ code }) => !found.has(code));
      if (missing.length === 0)
        return checked.map((opening) => assertSameKind(opening, found.get(opening.code), 'is already open'));
      remember(trx, missing);
      for (const { currency } of missing) await settleCurrency(trx, ledgerId, currency);
      await insertUnlessTaken(trx, missing, attempt);
    }
  }

  function remember(trx: Knex, openings: readonly CheckedOpening[]): void {
    const codes = openedIn.get(trx) ?? new Set<string>();
    for (const { code } of openings) codes.add(code);
    openedIn.set(trx, codes);
  }

  async function insertUnlessTaken(
    trx: Knex,
    openings: readonly CheckedOpening[],
    attempt: number,
  ): Promise<void> {
    const now = clock();
    const ordered = [...openings].sort((a, b) => (a.code < b.code ? -1 : 1));
    // Days that are closed meanwhile are closed once this transaction has ended, and these accounts are told then.
    const closedThrough = await readClosedThrough(trx, ledgerId, 'share');
    try {
      await insertAccounts(
        trx,
        ledgerId,
        ordered.map((opening) => ({ accountId: newAccountId(now), ...opening })),
        { openedAt: now, closedThrough },
      );
    } catch (error) {
      // Another transaction opened one of them first: the next round reads it.
      if (!isMysqlError(error, 'duplicateKey') || attempt >= 5) throw error;
    }
  }

  return {
    resolve,
    require,
    open,
    forget(codes) {
      for (const code of codes) known.delete(code);
    },
  };
}

/** Each alone, and against the others of the call. */
function checkOpenings(openings: readonly AccountOpening[]): CheckedOpening[] {
  if (!Array.isArray(openings)) {
    throw new LedgerError('account_malformed', `Openings are a list, not ${describeRefused(openings)}.`, {
      field: 'openings',
    });
  }
  const checked = openings.map(checkOpening);
  const byCode = new Map(checked.map((opening) => [opening.code, opening]));
  for (const opening of checked) assertSameKind(opening, byCode.get(opening.code), 'is to be opened');
  return checked;
}

/**
 * An opening says what an account shall be while there is none. Its name, limits and metadata are therefore not compared: its
 * limits may have been set anew since, and a program opens its accounts at every start.
 * @throws LedgerError `account_conflict` when the account is there, or opened by the same call, as another kind of account
 */
function assertSameKind<T extends Pick<Account, 'type' | 'currency'>>(
  opening: CheckedOpening,
  account: T | undefined,
  how: string,
): T {
  if (account !== undefined && account.type === opening.type && account.currency === opening.currency)
    return account;
  throw new LedgerError(
    'account_conflict',
    `Account ${opening.code} ${how} as ${account?.type} in ${account?.currency}.`,
    {
      code: opening.code,
      type: opening.type,
      currency: opening.currency,
      openAs: { type: account?.type, currency: account?.currency },
    },
  );
}
