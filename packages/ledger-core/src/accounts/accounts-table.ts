import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { toSqlInstant } from '../database/instants.ts';
import type { Account, AccountOpening, AccountType } from './account.ts';

interface AccountRow {
  account_id: number | string;
  code: string;
  name: string;
  type: AccountType;
  currency: string;
}

export async function findAccounts(db: Knex, ledgerId: number, codes: readonly string[]): Promise<Account[]> {
  if (codes.length === 0) return [];
  const rows = await selectRows<AccountRow>(
    db,
    'SELECT account_id, code, name, type, currency FROM accounts WHERE ledger_id = ? AND code IN (?)',
    [ledgerId, codes],
  );
  return rows.map(toAccount);
}

/** Writes the accounts and their balance rows; fails with MySQL's duplicate-key error when a code or id is taken. */
export async function insertAccounts(
  trx: Knex,
  ledgerId: number,
  accounts: readonly { accountId: number; opening: AccountOpening }[],
  openedAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'accounts',
    ['ledger_id', 'account_id', 'code', 'name', 'type', 'currency', 'opened_at'],
    accounts.map(({ accountId, opening }) => [
      ledgerId,
      accountId,
      opening.code,
      opening.name ?? opening.code,
      opening.type,
      opening.currency,
      toSqlInstant(openedAt),
    ]),
  );
  await insertRows(
    trx,
    'account_balances',
    ['ledger_id', 'account_id', 'floor', 'ceiling'],
    accounts.map(({ accountId, opening }) => [
      ledgerId,
      accountId,
      opening.floor?.toString() ?? null,
      opening.ceiling?.toString() ?? null,
    ]),
  );
}

function toAccount(row: AccountRow): Account {
  return {
    accountId: Number(row.account_id),
    code: row.code,
    name: row.name,
    type: row.type,
    currency: row.currency,
  };
}
