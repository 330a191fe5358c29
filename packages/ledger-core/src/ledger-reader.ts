import type { Knex } from 'knex';
import { type AccountDetails, assertAccountCode, unknownAccount } from './accounts/account.ts';
import type { AccountChange } from './accounts/account-change.ts';
import { findDetails } from './accounts/accounts-table.ts';
import { findChanges } from './accounts/changes-table.ts';
import { type AccountFilter, type AccountPage, listAccounts } from './accounts/list-accounts.ts';
import { isConnectionLoss } from './database/mysql-errors.ts';
import { unreachable } from './database/transaction.ts';
import type { EntryId } from './journal/entry.ts';
import type { PostingContext } from './journal/posting.ts';
import { pageLimit } from './paging/page.ts';
import { type AccountBalance, readBalances } from './reports/balance.ts';
import { type Moment, type PastBalance, readBalanceAt } from './reports/balance-at.ts';
import { findEntryByKey, type JournalEntry, readEntry } from './reports/entry.ts';
import { readStatement, type StatementOptions, type StatementPage } from './reports/statement.ts';

/**
 * What reads accounts and entries; the same on its own as within a transaction of the caller's, where it sees what that
 * transaction has written. Each may throw LedgerError `database_unreachable`.
 */
export interface LedgerReader {
  /**
   * An account with its limits, status and metadata.
   * @throws LedgerError `account_code_malformed`, `account_unknown`
   */
  getAccount(code: string): Promise<AccountDetails>;
  /**
   * Accounts in the order of their codes, a page at a time.
   * @throws LedgerError `query_malformed`, `cursor_malformed`
   */
  listAccounts(filter?: AccountFilter): Promise<AccountPage>;
  /**
   * Who changed an account, when and why, the newest change first.
   * @throws LedgerError `account_code_malformed`, `account_unknown`, `query_malformed`
   */
  accountChanges(code: string, options?: { limit?: number }): Promise<AccountChange[]>;
  /**
   * What an account holds now.
   * @throws LedgerError `account_code_malformed`, `account_unknown`
   */
  balance(code: string): Promise<AccountBalance>;
  /**
   * What accounts hold now, all at one instant, in the order of the codes.
   * @throws LedgerError `account_code_malformed`, `account_unknown`
   */
  balances(codes: readonly string[]): Promise<AccountBalance[]>;
  /**
   * What an account held at a moment: by when things happened, by when the ledger knew of them, or both.
   * @throws LedgerError `account_code_malformed`, `account_unknown`, `query_malformed`
   */
  balanceAt(code: string, moment: Moment): Promise<PastBalance>;
  /**
   * A page of an account's lines.
   * @throws LedgerError `account_code_malformed`, `account_unknown`, `query_malformed`, `cursor_malformed`
   */
  statement(code: string, options?: StatementOptions): Promise<StatementPage>;
  /**
   * An entry with its lines, and what reverses it or is reversed by it.
   * @throws LedgerError `entry_malformed` for a malformed id, `entry_unknown`
   */
  getEntry(entryId: EntryId): Promise<JournalEntry>;
  /** The entry that was posted with this key; undefined when none was. */
  findEntryByKey(idempotencyKey: string): Promise<JournalEntry | undefined>;
}

export function readFrom(db: Knex, { ledgerId, chart }: PostingContext): LedgerReader {
  const account = async (code: string) => {
    const [found] = await chart.require(db, [code]);
    if (found === undefined) throw unknownAccount(code);
    return found;
  };
  const balances = async (codes: readonly string[]) =>
    readBalances(db, ledgerId, await chart.require(db, codes));
  return {
    getAccount: (code) => reading(() => readDetails(db, ledgerId, code)),
    listAccounts: (filter) => reading(() => listAccounts(db, ledgerId, filter)),
    accountChanges: (code, { limit } = {}) =>
      reading(async () => findChanges(db, ledgerId, (await account(code)).accountId, pageLimit(limit))),
    balance: (code) =>
      reading(async () => {
        const [balance] = await balances([code]);
        if (balance === undefined) throw unknownAccount(code);
        return balance;
      }),
    balances: (codes) => reading(() => balances(codes)),
    balanceAt: (code, moment) =>
      reading(async () => readBalanceAt(db, ledgerId, await account(code), moment)),
    statement: (code, options = {}) =>
      reading(async () => readStatement(db, ledgerId, await account(code), options)),
    getEntry: (entryId) => reading(() => readEntry(db, ledgerId, entryId)),
    findEntryByKey: (idempotencyKey) => reading(() => findEntryByKey(db, ledgerId, idempotencyKey)),
  };
}

async function readDetails(db: Knex, ledgerId: number, code: string): Promise<AccountDetails> {
  assertAccountCode(code);
  const details = await findDetails(db, ledgerId, code);
  if (details === undefined) throw unknownAccount(code);
  return details;
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
}
