import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { AccountStatus } from './account.ts';
import type { AccountAction, AccountChange, AccountDecision, AccountTerms } from './account-change.ts';

interface ChangeRow {
  number: number;
  action: AccountAction;
  status: AccountStatus;
  floor: string | null;
  ceiling: string | null;
  last_sequence: number | string;
  changed_at: string;
  changed_by: string | null;
  reason: string | null;
}

/** What an account comes to, and by whose decision. */
export interface NewChange extends AccountTerms {
  readonly accountId: number;
  readonly action: AccountAction;
  readonly decision: AccountDecision;
  readonly changedAt: Date;
}

/** The first change of accounts that are opened with limits. */
export async function insertOpenings(
  trx: Knex,
  ledgerId: number,
  openings: readonly { accountId: number; floor: bigint | null; ceiling: bigint | null }[],
  openedAt: Date,
): Promise<void> {
  await insertRows(
    trx,
    'account_changes',
    [
      'ledger_id',
      'account_id',
      'number',
      'action',
      'status',
      'floor',
      'ceiling',
      'last_sequence',
      'changed_at',
    ],
    openings.map(({ accountId, floor, ceiling }) => [
      ledgerId,
      accountId,
      1,
      'open',
      'open',
      floor,
      ceiling,
      0,
      toSqlInstant(openedAt),
    ]),
  );
}

/** Writes the change and its record. The account's balance row must be locked, so that the numbers have no gap and no twin. */
export async function writeChange(
  trx: Knex,
  ledgerId: number,
  { accountId, action, status, floor, ceiling, decision, changedAt }: NewChange,
): Promise<void> {
  await trx.raw(
    'UPDATE account_balances SET status = ?, floor = ?, ceiling = ? WHERE ledger_id = ? AND account_id = ?',
    [status, text(floor), text(ceiling), ledgerId, accountId],
  );
  await trx.raw(
    `INSERT INTO account_changes
       (ledger_id, account_id, number, action, status, floor, ceiling, last_sequence, changed_at, changed_by, reason)
     SELECT b.ledger_id, b.account_id, COALESCE(MAX(c.number), 0) + 1, ?, b.status, b.floor, b.ceiling, b.last_sequence, ?, ?, ?
       FROM account_balances AS b
       LEFT JOIN account_changes AS c ON c.ledger_id = b.ledger_id AND c.account_id = b.account_id
      WHERE b.ledger_id = ? AND b.account_id = ?
      GROUP BY b.ledger_id, b.account_id`,
    [action, toSqlInstant(changedAt), decision.by, decision.reason, ledgerId, accountId],
  );
}

/** The newest first. */
export async function findChanges(
  db: Knex,
  ledgerId: number,
  accountId: number,
  limit: number,
): Promise<AccountChange[]> {
  const rows = await selectRows<ChangeRow>(
    db,
    `SELECT number, action, status, CAST(floor AS CHAR) AS floor, CAST(ceiling AS CHAR) AS ceiling, last_sequence,
            CAST(changed_at AS CHAR) AS changed_at, changed_by, reason
       FROM account_changes
      WHERE ledger_id = ? AND account_id = ?
      ORDER BY number DESC
      LIMIT ?`,
    [ledgerId, accountId, limit],
  );
  return rows.map((row) => ({
    number: row.number,
    action: row.action,
    status: row.status,
    floor: row.floor === null ? null : BigInt(row.floor),
    ceiling: row.ceiling === null ? null : BigInt(row.ceiling),
    lastSequence: Number(row.last_sequence),
    changedAt: fromSqlInstant(row.changed_at),
    decision: row.changed_by === null ? null : { by: row.changed_by, reason: row.reason ?? '' },
  }));
}

function text(limit: bigint | null): string | null {
  return limit === null ? null : limit.toString();
}
