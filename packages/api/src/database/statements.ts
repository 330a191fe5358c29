import type { Knex } from 'knex';

/** The rows of a SELECT: mysql2 answers `[rows, fields]`. */
export async function selectRows<Row>(
  db: Knex,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<Row[]> {
  const [rows] = (await db.raw(sql, bindings as never)) as [Row[], unknown];
  return rows;
}

/** Runs a statement that writes, and returns how many rows it wrote or matched. */
export async function execute(db: Knex, sql: string, bindings: readonly unknown[] = []): Promise<number> {
  const [header] = (await db.raw(sql, bindings as never)) as [{ affectedRows: number }, unknown];
  return header.affectedRows;
}

/** Instants travel as text in both directions, so that no setting of the driver's time zone can move them. */
export function toSqlInstant(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '');
}

/** Reads a DATETIME(6) in UTC, as text. */
export function fromSqlInstant(text: string): Date {
  return new Date(`${text.replace(' ', 'T').slice(0, 23)}Z`);
}

/** Inserts one row, and returns the number that AUTO_INCREMENT gave it. */
export async function insertNumbered(
  db: Knex,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<number> {
  const [header] = (await db.raw(sql, bindings as never)) as [{ insertId: number }, unknown];
  return Number(header.insertId);
}
