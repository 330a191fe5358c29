import { randomBytes } from 'node:crypto';
import {
  grantReplicationUser,
  grantRuntimeUser,
  LEDGER_MIGRATIONS,
  migrate,
  openDatabase,
  RUNTIME_PRIVILEGES,
} from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import type { Knex } from 'knex';

/** A database of a test file's own on the test stack's MySQL. */
export interface TestDatabase {
  readonly name: string;
  /** As administrator: for breaking things on purpose. */
  readonly admin: Knex;
  readonly adminUrl: string;
  /** As the runtime user, which may do what the application may do. */
  readonly runtime: Knex;
  readonly runtimeUrl: string;
  /** As the user that Debezium connects with. */
  readonly replicationUrl: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Migration groups beyond the ledger's own, such as `shop`. */
  groups?: readonly string[];
  /** What the runtime user may do with their tables. */
  privileges?: Readonly<Record<string, string>>;
  poolSize?: number;
}

export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { groups = [], privileges = {}, poolSize = 10 } = options;
  const stack = await startStack({ instance: 'test', parts: ['mysql'] });
  const server = new URL(stack.addresses.databaseUrl);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(server.href, (knex) => knex.raw('CREATE DATABASE ?? CHARACTER SET utf8mb4', [name]));

  const adminUrl = urlOf(server, name, server.username, server.password);
  const admin = openDatabase({ url: adminUrl });
  await migrate(admin, { groups: [...LEDGER_MIGRATIONS, ...groups] });
  const app = { name: `${name}_app`, password: randomBytes(12).toString('hex') };
  const replication = { name: `${name}_cdc`, password: randomBytes(12).toString('hex') };
  await grantRuntimeUser(admin, app, { ...RUNTIME_PRIVILEGES, ...privileges });
  await grantReplicationUser(admin, replication);

  const runtimeUrl = urlOf(server, name, app.name, app.password);
  const runtime = openDatabase({ url: runtimeUrl, poolSize });
  return {
    name,
    admin,
    adminUrl,
    runtime,
    runtimeUrl,
    replicationUrl: urlOf(server, name, replication.name, replication.password),
    async drop() {
      await Promise.all([runtime.destroy(), admin.destroy()]);
      await withServer(server.href, async (knex) => {
        await knex.raw('DROP DATABASE IF EXISTS ??', [name]);
        await knex.raw(`DROP USER IF EXISTS ?@'%', ?@'%'`, [app.name, replication.name]);
      });
    },
  };
}

async function withServer(url: string, work: (knex: Knex) => Promise<unknown>): Promise<void> {
  const knex = openDatabase({ url, poolSize: 1 });
  try {
    await work(knex);
  } finally {
    await knex.destroy();
  }
}

function urlOf(server: URL, database: string, user: string, password: string): string {
  const url = new URL(server.href);
  url.pathname = `/${database}`;
  url.username = user;
  url.password = password;
  return url.href;
}
