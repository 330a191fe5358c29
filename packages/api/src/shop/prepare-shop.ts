import { LEDGER_MIGRATIONS, migrate } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { SHOP_MIGRATIONS } from './privileges.ts';
import { loadSampleData } from './sample-data-table.ts';

/** Brings the schema up to date and loads the sample shop. Safe to repeat. Needs an administrator's connection. */
export async function prepareShop(admin: Knex, now: Date = new Date()): Promise<void> {
  await migrate(admin, { groups: [...LEDGER_MIGRATIONS, ...SHOP_MIGRATIONS] });
  await loadSampleData(admin, now);
}
