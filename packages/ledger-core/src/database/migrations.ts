import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { selectRows } from './insert-rows.ts';
import { isConnectionLoss, isMysqlError } from './mysql-errors.ts';
import { unreachable } from './transaction.ts';

/** The groups of SQL files that the ledger itself needs, in the order in which they run; a group has one owner. */
export const LEDGER_MIGRATIONS: readonly string[] = ['ledger', 'outbox'];

/** Beside the code in the package that is published, at the root of the repository otherwise. */
const DEFAULT_FOLDER =
  ['../migrations/', '../../../../migrations/']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((folder) => existsSync(folder)) ?? '';
/** Its own table, so that the user's own knex migrations go on undisturbed beside it. */
const TABLE = 'jangbu_migrations';

/** Which migrations to run, and from where; default: all that come with the package. */
export interface MigrateOptions {
  groups?: readonly string[];
  folder?: string;
}

/** Brings the schema up to date, and says which files it ran. Safe to call from several processes: knex takes a lock. */
export async function migrate(knex: Knex, options: MigrateOptions = {}): Promise<string[]> {
  const [, names] = (await knex.migrate.latest(configuration(options))) as [number, string[]];
  return names;
}

/**
 * Only reads, so that the runtime user may ask.
 * @throws LedgerError `migrations_missing`, with the names of the files that have not run; `database_unreachable`
 */
export async function assertMigrated(
  knex: Knex,
  { groups = LEDGER_MIGRATIONS, folder = DEFAULT_FOLDER }: MigrateOptions = {},
): Promise<void> {
  const wanted = (await Promise.all(groups.map((group) => filesOf(folder, group)))).flat();
  const ran = await namesThatRan(knex);
  const pending = wanted.filter((name) => !ran.has(name));
  if (pending.length === 0) return;
  throw new LedgerError(
    'migrations_missing',
    `${pending.length} migrations have not run; run: npx jangbu migrate`,
    { pending },
  );
}

async function namesThatRan(knex: Knex): Promise<Set<string>> {
  try {
    const rows = await selectRows<{ name: string }>(knex, `SELECT name FROM ${TABLE}`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (isMysqlError(error, 'noSuchTable')) return new Set();
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
}

function configuration({
  groups = LEDGER_MIGRATIONS,
  folder = DEFAULT_FOLDER,
}: MigrateOptions): Knex.MigratorConfig {
  // Each program knows its own groups only, so names that it does not know are no corruption.
  return {
    tableName: TABLE,
    migrationSource: sqlFiles(groups, folder),
    disableTransactions: true,
    // A program knows its own groups only: names that it does not know are another's, not corruption.
    disableMigrationsListValidation: true,
  };
}

/** Knex's migration source over folders of SQL files; `ledger/001-ledgers.sql` is a migration's name. */
function sqlFiles(groups: readonly string[], folder: string): Knex.MigrationSource<string> {
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
