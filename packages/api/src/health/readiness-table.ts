import { assertMigrated, LEDGER_MIGRATIONS, LedgerError } from '@jangbu/ledger-core';
import { isTaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel';
import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';
import { SHOP_MIGRATIONS } from '../shop/privileges.ts';

/** @throws LedgerError `migrations_missing` */
export function assertSchema(knex: Knex): Promise<void> {
  return assertMigrated(knex, { groups: [...LEDGER_MIGRATIONS, ...SHOP_MIGRATIONS] });
}

const ANSWER_WITHIN_MS = 2_000;
const inTime = timeout(ANSWER_WITHIN_MS, TimeoutStrategy.Aggressive);

/**
 * Does not wait as long as a request would: whoever asks has little patience, and a server that hangs is none.
 * @throws LedgerError `database_unreachable` after 2 s
 */
export async function assertAnswering(knex: Knex): Promise<void> {
  try {
    await inTime.execute(() => selectRows(knex, 'SELECT 1'));
  } catch (error) {
    if (!isTaskCancelledError(error)) throw error;
    throw new LedgerError('database_unreachable', `MySQL did not answer within ${ANSWER_WITHIN_MS} ms.`);
  }
}
