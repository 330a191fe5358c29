import type { Knex } from 'knex';

/** One value of a row: money as text or bigint, ids as Buffer or number. */
export type Cell = string | number | bigint | Buffer | null;

/** A statement that is ready to be sent. */
export interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/**
 * One multi-row INSERT with the driver's own list escaping, which costs a third of building it through knex.
 * `suffix` may hold ON DUPLICATE KEY UPDATE. No statement at all when there are no rows.
 */
export function insertion(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  suffix = '',
): Statement[] {
  if (rows.length === 0) return [];
  return [{ sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${suffix}`, bindings: [rows] }];
}

export async function insertRows(
  trx: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  suffix = '',
): Promise<void> {
  await runAll(trx, insertion(table, columns, rows, suffix));
}

/**
 * Runs statements one after the other, and none after one that fails: in one round trip where the connection was opened with
 * mysql2's `multipleStatements`, else in one each.
 */
export async function runAll(trx: Knex, statements: readonly Statement[]): Promise<void> {
  if (statements.length > 1 && takesSeveral(trx)) {
    const sql = statements.map((statement) => statement.sql).join(';\n');
    await trx.raw(sql, statements.flatMap(({ bindings }) => bindings) as never);
    return;
  }
  for (const { sql, bindings } of statements) await trx.raw(sql, bindings as never);
}

function takesSeveral({ client }: Knex): boolean {
  return client.connectionSettings?.multipleStatements === true;
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
