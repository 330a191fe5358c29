import type { Knex } from 'knex';
import mysql from 'mysql2';

/** One value of a row: money as text or bigint, ids as Buffer or number. */
export type Cell = string | number | bigint | Buffer | null;

/** A statement that is ready to be sent. */
export interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/**
 * One multi-row INSERT, written out here: half the time of the driver's own formatter, which looks at each value as if it could
 * be anything. Columns that are NULL in every row are left out, because MySQL takes time for each value; not so where the `suffix`, which may
 * hold ON DUPLICATE KEY UPDATE, may name them. No statement at all when there are no rows.
 */
export function insertion(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  suffix = '',
): Statement[] {
  if (rows.length === 0) return [];
  const used = [...columns.keys()].filter(
    (index) => suffix !== '' || rows.some((row) => row[index] !== null),
  );
  const names = used.map((index) => columns[index]).join(', ');
  const values = rows
    .map((row) => `(${used.map((index) => toText(row[index] ?? null)).join(',')})`)
    .join(',');
  return [{ sql: `INSERT INTO ${table} (${names}) VALUES ? ${suffix}`, bindings: [mysql.raw(values)] }];
}

function toText(cell: Cell): string {
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  if (cell === null) return 'NULL';
  return typeof cell === 'string' ? mysql.escape(cell) : `X'${cell.toString('hex')}'`;
}

/**
 * A whole number to calculate with in a statement. Bound as it is, knex makes text of a bigint, and MySQL a floating-point number of
 * text that it calculates with.
 */
export function wholeNumber(value: bigint | number): unknown {
  return mysql.raw(BigInt(value).toString());
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
  const [rows] = (await asAnswered(db.raw(sql, bindings as never))) as [Row[], unknown];
  return rows;
}

/**
 * A query whose answer comes as MySQL gave it, whatever the knex of the ledger's user makes of rows otherwise: many a one writes their
 * columns in camel case.
 */
export function asAnswered(query: Knex.Raw): Knex.Raw {
  const own = query as Knex.Raw & { client: Knex['client'] };
  if (own.client.config.postProcessResponse !== undefined)
    own.client = Object.create(own.client, { postProcessResponse: { value: (answer: unknown) => answer } });
  return query;
}
