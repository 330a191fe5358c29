import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';

export async function hasSeller(db: Knex, sellerId: number): Promise<boolean> {
  const rows = await selectRows(db, 'SELECT seller_id FROM sellers WHERE seller_id = ?', [sellerId]);
  return rows.length > 0;
}
