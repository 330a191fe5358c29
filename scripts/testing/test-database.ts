import { randomBytes } from 'node:crypto';
import { openDatabase } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import type { Knex } from 'knex';
import { dropDatabase, type PreparedDatabase, prepareDatabase } from '../system/prepare-database.ts';

/** A database of a test file's own on the test stack's MySQL. */
export interface TestDatabase extends PreparedDatabase {
  /** As administrator: for breaking things on purpose. */
  readonly admin: Knex;
  /** As the runtime user, which may do what the application may do. */
  readonly runtime: Knex;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Migration groups beyond the ledger's own, such as `shop`. Default: none. */
  groups?: readonly string[];
  /** What the runtime user may do with their tables. */
  privileges?: Readonly<Record<string, string>>;
  poolSize?: number;
  /** An administrator's address of another server than the test stack's. */
  serverUrl?: string;
}

export async function createTestDatabase({
  groups = [],
  privileges = {},
  poolSize = 10,
  serverUrl,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const prepared = await prepareDatabase({
    serverUrl: serverUrl ?? (await testServerUrl()),
    name: `test_${randomBytes(6).toString('hex')}`,
    passwords: { runtime: randomBytes(12).toString('hex'), replication: randomBytes(12).toString('hex') },
    migrationGroups: groups,
    privileges,
  });
  const admin = openDatabase({ url: prepared.adminUrl });
  const runtime = openDatabase({ url: prepared.runtimeUrl, poolSize });
  return {
    ...prepared,
    admin,
    runtime,
    async drop() {
      await Promise.all([runtime.destroy(), admin.destroy()]);
      await dropDatabase(prepared);
    },
  };
}

async function testServerUrl(): Promise<string> {
  const { addresses } = await startStack({ instance: 'test', parts: ['mysql'] });
  return addresses.databaseUrl;
}
