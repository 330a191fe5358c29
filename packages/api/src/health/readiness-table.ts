import { assertMigrated, LEDGER_MIGRATIONS } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { selectRows } from '../database/statements.ts';
import { SHOP_MIGRATIONS } from '../shop/privileges.ts';

/** @throws LedgerError `migrations_missing` */
export function assertSchema(knex: Knex): Promise<void> {
  return assertMigrated(knex, { groups: [...LEDGER_MIGRATIONS, ...SHOP_MIGRATIONS] });
}

export async function assertAnswering(knex: Knex): Promise<void> {
  await selectRows(knex, 'SELECT 1');
}
