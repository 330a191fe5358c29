import { SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '@jangbu/api';
import {
  grantReplicationUser,
  grantRuntimeUser,
  LEDGER_MIGRATIONS,
  migrate,
  openDatabase,
  RUNTIME_PRIVILEGES,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';

/** A database that is ready to serve, and the users it is served by. */
export interface PreparedDatabase {
  readonly name: string;
  readonly adminUrl: string;
  /** What api and relay connect with: it may do what they need, and no more. */
  readonly runtimeUrl: string;
  /** What Debezium connects with. */
  readonly replicationUrl: string;
}

export interface PrepareOptions {
  /** `mysql://administrator@host:port` */
  readonly serverUrl: string;
  readonly name: string;
  readonly passwords: { readonly runtime: string; readonly replication: string };
  readonly migrationGroups?: readonly string[];
  readonly privileges?: Readonly<Record<string, string>>;
}

/** Creates the database where it is missing, migrates it, and grants its two users. Safe to repeat. */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const {
    serverUrl,
    name,
    passwords,
    migrationGroups = SHOP_MIGRATIONS,
    privileges = SHOP_PRIVILEGES,
  } = options;
  const server = new URL(serverUrl);
  await withKnex(server.href, (knex) =>
    knex.raw('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4', [name]),
  );
  const runtime = { name: `${name}_app`, password: passwords.runtime };
  const replication = { name: `${name}_cdc`, password: passwords.replication };
  const adminUrl = withDatabase(server, name, server.username, server.password);
  await withKnex(adminUrl, async (knex) => {
    await migrate(knex, { groups: [...LEDGER_MIGRATIONS, ...migrationGroups] });
    await grantRuntimeUser(knex, runtime, { ...RUNTIME_PRIVILEGES, ...privileges });
    await grantReplicationUser(knex, replication);
  });
  return {
    name,
    adminUrl,
    runtimeUrl: withDatabase(server, name, runtime.name, runtime.password),
    replicationUrl: withDatabase(server, name, replication.name, replication.password),
  };
}

/** Removes the database and its users again. */
export async function dropDatabase({ name, adminUrl }: PreparedDatabase): Promise<void> {
  const server = new URL(adminUrl);
  server.pathname = '/';
  await withKnex(server.href, async (knex) => {
    await knex.raw('DROP DATABASE IF EXISTS ??', [name]);
    await knex.raw(`DROP USER IF EXISTS ?@'%', ?@'%'`, [`${name}_app`, `${name}_cdc`]);
  });
}

export async function withKnex<T>(url: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = openDatabase({ url, poolSize: 1 });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

function withDatabase(server: URL, database: string, user: string, password: string): string {
  const url = new URL(server.href);
  url.pathname = `/${database}`;
  url.username = user;
  url.password = password;
  return url.href;
}
