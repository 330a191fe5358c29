import type { Knex } from 'knex';

export interface Recorded {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** One table of a plan, as EXPLAIN tells of it. */
export interface PlanStep {
  readonly select_type: string | null;
  readonly table: string | null;
  readonly type: string | null;
  readonly possible_keys: string | null;
  readonly key: string | null;
  readonly key_len: string | null;
}

/** Every distinct statement that goes through a pool, with what it was bound to the first time. */
export function recordStatements(knex: Knex): Map<string, Recorded> {
  const recorded = new Map<string, Recorded>();
  knex.on('query', ({ sql, bindings }: Recorded) => {
    // A list of values is one place in the text, so the first of its kind stands for all.
    if (!recorded.has(sql)) recorded.set(sql, { sql, bindings });
  });
  return recorded;
}

export function isPlanned({ sql }: Recorded): boolean {
  return (
    /^\s*(SELECT|UPDATE|DELETE)\b|^\s*INSERT INTO[\s\S]*\bSELECT\b/.test(sql) && /\b(FROM|UPDATE)\b/.test(sql)
  );
}

export async function explain(admin: Knex, { sql, bindings }: Recorded): Promise<PlanStep[]> {
  const [rows] = await admin.raw(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, bindings as never);
  return rows;
}
