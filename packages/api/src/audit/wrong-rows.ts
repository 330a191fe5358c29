import type { Finding } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';

/** Nobody reads more findings of one sort than this; the first of them leads to the cause. */
const MOST_FINDINGS = 100;

/** A statement that gives what is wrong: `id`, and in `detail` what is. */
export interface WrongRows {
  readonly invariant: number;
  /** What an id is of, such as `payment`. */
  readonly of: string;
  /** Without a LIMIT. */
  readonly sql: string;
  readonly bindings?: readonly unknown[];
}

export async function findWrong(
  trx: Knex,
  { invariant, of, sql, bindings = [] }: WrongRows,
): Promise<Finding[]> {
  const rows = await selectRows<{ id: string | number; detail: string }>(trx, `${sql} LIMIT ?`, [
    ...bindings,
    MOST_FINDINGS,
  ]);
  return rows.map(({ id, detail }) => ({ invariant, where: `${of} ${id}`, detail }));
}

export async function countRows(trx: Knex, table: 'orders' | 'payments' | 'cancels'): Promise<number> {
  const [row] = await selectRows<{ count: string | number }>(trx, 'SELECT COUNT(*) AS count FROM ??', [
    table,
  ]);
  return Number(row?.count ?? 0);
}
