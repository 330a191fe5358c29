import { acquireLeaderLock } from '@jangbu/ledger-core';
import type { Knex } from 'knex';

const PATIENCE_MS = 30_000;

/**
 * Empties MySQL's summaries of statements (`events_statements_summary_by_digest`) and does the work, which then reads them. They are of the
 * whole server, which keeps so many and no more; so whoever goes by them is alone at it.
 */
export async function withStatementSummaries<Result>(
  admin: Knex,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = await acquireLeaderLock(admin, 'jangbu:test:statement-summaries', PATIENCE_MS);
  if (lock === undefined)
    throw new Error('Another test has gone by the summaries of statements for too long.');
  try {
    await admin.raw('TRUNCATE TABLE performance_schema.events_statements_summary_by_digest');
    return await work();
  } finally {
    await lock.release();
  }
}
