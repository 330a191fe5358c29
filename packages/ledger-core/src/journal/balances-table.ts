import type { Knex } from 'knex';
import type { AccountStatus } from '../accounts/account.ts';
import { insertion, insertRows, type Statement, selectRows } from '../database/insert-rows.ts';
import type { Day } from '../periods/business-day.ts';

/** A balance row whose lock the current transaction holds. Totals are minor units. */
export interface LockedBalance {
  readonly accountId: number;
  postedDebit: bigint;
  postedCredit: bigint;
  /** What open holds would debit and credit. */
  pendingDebit: bigint;
  pendingCredit: bigint;
  lastSequence: bigint;
  /** The last business day that it was posted to, with its turnover. */
  day: Day | null;
  dayDebit: bigint;
  dayCredit: bigint;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly status: AccountStatus;
  /** The last business day that is closed. */
  readonly closedThrough: Day | null;
}

interface BalanceRow {
  account_id: number | string;
  posted_debit: string;
  posted_credit: string;
  pending_debit: string;
  pending_credit: string;
  last_sequence: string;
  day: Day | null;
  day_debit: string;
  day_credit: string;
  floor: string | null;
  ceiling: string | null;
  status: AccountStatus;
  closed_through: Day | null;
}

const COLUMNS = [
  'ledger_id',
  'account_id',
  'posted_debit',
  'posted_credit',
  'last_sequence',
  'day',
  'day_debit',
  'day_credit',
];

/** Locks in id order, whatever the order asked for, so that two transactions never wait for each other in a circle. */
export async function lockBalances(
  trx: Knex,
  ledgerId: number,
  accountIds: Iterable<number>,
): Promise<Map<number, LockedBalance>> {
  const ids = [...new Set(accountIds)].sort((a, b) => a - b);
  if (ids.length === 0) return new Map();
  const rows = await selectRows<BalanceRow>(
    trx,
    `SELECT account_id, CAST(posted_debit AS CHAR) AS posted_debit, CAST(posted_credit AS CHAR) AS posted_credit,
            CAST(pending_debit AS CHAR) AS pending_debit, CAST(pending_credit AS CHAR) AS pending_credit,
            CAST(last_sequence AS CHAR) AS last_sequence, CAST(day AS CHAR) AS day, CAST(day_debit AS CHAR) AS day_debit,
            CAST(day_credit AS CHAR) AS day_credit, CAST(floor AS CHAR) AS floor, CAST(ceiling AS CHAR) AS ceiling, status,
            CAST(closed_through AS CHAR) AS closed_through
       FROM account_balances
      WHERE ledger_id = ? AND account_id IN (?)
      ORDER BY account_id
        FOR UPDATE`,
    [ledgerId, ids],
  );
  return new Map(rows.map((row) => [Number(row.account_id), toLockedBalance(row)]));
}

/** One statement for all the accounts of a batch. Every row is there and locked, so the INSERT always takes its UPDATE branch. */
export function balanceUpdate(ledgerId: number, balances: readonly LockedBalance[]): Statement[] {
  return insertion(
    'account_balances',
    COLUMNS,
    balances.map((b) => [
      ledgerId,
      b.accountId,
      b.postedDebit,
      b.postedCredit,
      b.lastSequence,
      b.day,
      b.dayDebit,
      b.dayCredit,
    ]),
    `AS fresh ON DUPLICATE KEY UPDATE ${COLUMNS.slice(2)
      .map((column) => `${column} = fresh.${column}`)
      .join(', ')}`,
  );
}

/** As {@link balanceUpdate}, for the totals that holds change. */
export async function writePending(
  trx: Knex,
  ledgerId: number,
  balances: readonly LockedBalance[],
): Promise<void> {
  await insertRows(
    trx,
    'account_balances',
    ['ledger_id', 'account_id', 'pending_debit', 'pending_credit'],
    balances.map((b) => [ledgerId, b.accountId, b.pendingDebit, b.pendingCredit]),
    'AS fresh ON DUPLICATE KEY UPDATE pending_debit = fresh.pending_debit, pending_credit = fresh.pending_credit',
  );
}

function toLockedBalance(row: BalanceRow): LockedBalance {
  return {
    accountId: Number(row.account_id),
    postedDebit: BigInt(row.posted_debit),
    postedCredit: BigInt(row.posted_credit),
    pendingDebit: BigInt(row.pending_debit),
    pendingCredit: BigInt(row.pending_credit),
    lastSequence: BigInt(row.last_sequence),
    day: row.day,
    dayDebit: BigInt(row.day_debit),
    dayCredit: BigInt(row.day_credit),
    floor: row.floor === null ? null : BigInt(row.floor),
    ceiling: row.ceiling === null ? null : BigInt(row.ceiling),
    status: row.status,
    closedThrough: row.closed_through,
  };
}
