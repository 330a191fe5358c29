import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { Day } from '../periods/business-day.ts';
import type { Account, AccountDetails, AccountStatus, AccountType, CheckedOpening } from './account.ts';
import { insertOpenings } from './changes-table.ts';

interface AccountRow {
  account_id: number | string;
  code: string;
  name: string;
  type: AccountType;
  currency: string;
}

interface DetailsRow extends AccountRow {
  metadata: string | null;
  opened_at: string;
  status: AccountStatus;
  floor: string | null;
  ceiling: string | null;
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

/** Which accounts a list shall hold: those that meet all of what is given. */
export interface AccountSearch {
  /** Their codes begin here, and come after and before these. */
  readonly from: string;
  readonly after: string;
  readonly before: string;
  readonly type: AccountType | null;
  readonly currency: string | null;
  readonly status: AccountStatus | null;
  /** JSON that the account's metadata contains. */
  readonly metadata: string | null;
}

const SELECT_DETAILS = `SELECT a.account_id, a.code, a.name, a.type, a.currency, CAST(a.metadata AS CHAR) AS metadata,
       CAST(a.opened_at AS CHAR) AS opened_at, b.status, CAST(b.floor AS CHAR) AS floor, CAST(b.ceiling AS CHAR) AS ceiling`;

export async function findDetails(
  db: Knex,
  ledgerId: number,
  code: string,
): Promise<AccountDetails | undefined> {
  const rows = await selectRows<DetailsRow>(
    db,
    `${SELECT_DETAILS}
       FROM accounts AS a
       JOIN account_balances AS b ON b.ledger_id = a.ledger_id AND b.account_id = a.account_id
      WHERE a.ledger_id = ? AND a.code = ?`,
    [ledgerId, code],
  );
  return rows.map(toDetails)[0];
}

/** In the order of their codes, along the index of codes. */
export async function searchAccounts(
  db: Knex,
  ledgerId: number,
  search: AccountSearch,
  limit: number,
): Promise<AccountDetails[]> {
  const filters = [
    search.type === null ? undefined : ['AND a.type = ?', search.type],
    search.currency === null ? undefined : ['AND a.currency = ?', search.currency],
    search.status === null ? undefined : ['AND b.status = ?', search.status],
    search.metadata === null ? undefined : ['AND JSON_CONTAINS(a.metadata, ?)', search.metadata],
  ].filter((filter) => filter !== undefined);
  const rows = await selectRows<DetailsRow>(
    db,
    `${SELECT_DETAILS}
       FROM accounts AS a FORCE INDEX (accounts_code)
       STRAIGHT_JOIN account_balances AS b ON b.ledger_id = a.ledger_id AND b.account_id = a.account_id
      WHERE a.ledger_id = ? AND a.code >= ? AND a.code > ? AND a.code < ? ${filters.map(([sql]) => sql).join(' ')}
      ORDER BY a.code
      LIMIT ?`,
    [ledgerId, search.from, search.after, search.before, ...filters.map(([, value]) => value), limit],
  );
  return rows.map(toDetails);
}

/** Writes the accounts and their balance rows; fails with MySQL's duplicate-key error when a code or id is taken. */
export async function insertAccounts(
  trx: Knex,
  ledgerId: number,
  accounts: readonly (CheckedOpening & { accountId: number })[],
  { openedAt, closedThrough }: { openedAt: Date; closedThrough: Day | null },
): Promise<void> {
  await insertRows(
    trx,
    'accounts',
    ['ledger_id', 'account_id', 'code', 'name', 'type', 'currency', 'metadata', 'opened_at'],
    accounts.map(({ accountId, code, name, type, currency, metadata }) => [
      ledgerId,
      accountId,
      code,
      name,
      type,
      currency,
      metadata,
      toSqlInstant(openedAt),
    ]),
  );
  await insertRows(
    trx,
    'account_balances',
    ['ledger_id', 'account_id', 'floor', 'ceiling', 'closed_through'],
    accounts.map(({ accountId, floor, ceiling }) => [
      ledgerId,
      accountId,
      floor?.toString() ?? null,
      ceiling?.toString() ?? null,
      closedThrough,
    ]),
  );
  const limited = accounts.filter(({ floor, ceiling }) => floor !== null || ceiling !== null);
  await insertOpenings(trx, ledgerId, limited, openedAt);
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

function toDetails(row: DetailsRow): AccountDetails {
  return {
    ...toAccount(row),
    status: row.status,
    floor: row.floor === null ? null : BigInt(row.floor),
    ceiling: row.ceiling === null ? null : BigInt(row.ceiling),
    openedAt: fromSqlInstant(row.opened_at),
    metadata: row.metadata === null ? null : JSON.parse(row.metadata),
  };
}
