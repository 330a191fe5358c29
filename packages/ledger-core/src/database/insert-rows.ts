import type { Knex } from 'knex';

/** One value of a row: money as text or bigint, ids as Buffer or number. */
export type Cell = string | number | bigint | Buffer | null;

/**
 * One multi-row INSERT with the driver's own list escaping, which costs a third of building it through knex.
 * `suffix` may hold ON DUPLICATE KEY UPDATE.
 */
export async function insertRows(
  trx: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  suffix = '',
): Promise<void> {
  if (rows.length === 0) return;
  await trx.raw(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${suffix}`, [rows as never]);
}

/** The rows of a raw SELECT: mysql2 answers `[rows, fields]`. */
export async function selectRows<Row>(
  db: Knex,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<Row[]> {
  const [rows] = (await db.raw(sql, bindings as never)) as [Row[], unknown];
  return rows;
}
