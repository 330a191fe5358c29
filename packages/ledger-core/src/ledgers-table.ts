import type { Knex } from 'knex';
import { selectRows } from './database/insert-rows.ts';
import { toSqlInstant } from './database/instants.ts';

export interface LedgerRow {
  readonly ledgerId: number;
  readonly timeZone: string;
}

export async function findLedger(db: Knex, name: string): Promise<LedgerRow | undefined> {
  const [row] = await selectRows<{ ledger_id: number; time_zone: string }>(
    db,
    'SELECT ledger_id, time_zone FROM ledgers WHERE name = ?',
    [name],
  );
  return row === undefined ? undefined : { ledgerId: row.ledger_id, timeZone: row.time_zone };
}

/** Fails with MySQL's duplicate-key error when the name, or the next id, was taken meanwhile. */
export async function insertLedger(db: Knex, name: string, timeZone: string, createdAt: Date): Promise<void> {
  await db.raw(
    `INSERT INTO ledgers (ledger_id, name, time_zone, created_at)
     SELECT COALESCE(MAX(ledger_id), 0) + 1, ?, ?, ? FROM ledgers`,
    [name, timeZone, toSqlInstant(createdAt)],
  );
}
