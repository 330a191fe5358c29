import type { Knex } from 'knex';
import { insertNumbered, selectRows, toSqlInstant } from '../database/statements.ts';

/** Returns the new member's number. */
export function insertMember(trx: Knex.Transaction, name: string, now: Date): Promise<number> {
  return insertNumbered(trx, 'INSERT INTO members (name, joined_at) VALUES (?, ?)', [
    name,
    toSqlInstant(now),
  ]);
}

export async function findMemberName(db: Knex, memberId: number): Promise<string | undefined> {
  const [row] = await selectRows<{ name: string }>(db, 'SELECT name FROM members WHERE member_id = ?', [
    memberId,
  ]);
  return row?.name;
}
