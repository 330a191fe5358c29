import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';

/** A group of SQL files with one owner; groups run in the order in which they are given. */
export type MigrationGroup = string;

/** The groups that the ledger itself needs. */
export const LEDGER_MIGRATIONS: readonly MigrationGroup[] = ['ledger', 'outbox'];

const DEFAULT_FOLDER = fileURLToPath(new URL('../../../../migrations/', import.meta.url));
/** Its own table, so that the user's own knex migrations go on undisturbed beside it. */
const TABLE = 'jangbu_migrations';

export interface MigrateOptions {
  groups?: readonly MigrationGroup[];
  folder?: string;
}

/** Brings the schema up to date, and says which files it ran. Safe to call from several processes: knex takes a lock. */
export async function migrate(knex: Knex, options: MigrateOptions = {}): Promise<string[]> {
  const [, names] = (await knex.migrate.latest(configuration(options))) as [number, string[]];
  return names;
}

/** @throws LedgerError `migrations_missing`, with the names of the files that have not run */
export async function assertMigrated(knex: Knex, options: MigrateOptions = {}): Promise<void> {
  const [, pending] = (await knex.migrate.list(configuration(options))) as [unknown[], unknown[]];
  if (pending.length > 0) {
    throw new LedgerError(
      'migrations_missing',
      `${pending.length} migrations have not run; run: npx jangbu migrate`,
      { pending: pending.map(String) },
    );
  }
}

function configuration({
  groups = LEDGER_MIGRATIONS,
  folder = DEFAULT_FOLDER,
}: MigrateOptions): Knex.MigratorConfig {
  return { tableName: TABLE, migrationSource: sqlFiles(groups, folder), disableTransactions: true };
}

/** Knex's migration source over folders of SQL files; `ledger/001-ledgers.sql` is a migration's name. */
function sqlFiles(groups: readonly MigrationGroup[], folder: string): Knex.MigrationSource<string> {
  return {
    async getMigrations() {
      const lists = await Promise.all(groups.map((group) => filesOf(folder, group)));
      return lists.flat();
    },
    getMigrationName: (name) => name,
    async getMigration(name) {
      const sql = await readFile(join(folder, name), 'utf8');
      return {
        up: async (knex: Knex) => {
          // Split off the driver's placeholders: a schema file is text, and a question mark in it is a question mark.
          await knex.raw(sql.replaceAll('?', '\\?'));
        },
        down: async () => {
          throw new Error('Migrations go forward only; write a new one that undoes this one.');
        },
      };
    },
  };
}

async function filesOf(folder: string, group: string): Promise<string[]> {
  const names = await readdir(join(folder, group));
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => `${group}/${name}`);
}
