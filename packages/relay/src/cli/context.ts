import { createLedger, isLedgerError, type Ledger, openDatabase } from '@jangbu/ledger-core';
import { findDatabaseUrl } from '@jangbu/stack';
import type { Knex } from 'knex';

/** Exit codes: 0 done and clean, 1 done with findings, 2 it could not run. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

export class UsageError extends Error {}

export async function databaseName(): Promise<string> {
  return new URL(await findDatabaseUrl()).pathname.slice(1);
}

export async function withDatabase<T>(work: (knex: Knex) => Promise<T>, poolSize = 2): Promise<T> {
  const knex = openDatabase({ url: await findDatabaseUrl(), poolSize, acquireTimeoutMs: 5_000 });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

export function withLedger<T>(name: string, work: (ledger: Ledger, knex: Knex) => Promise<T>): Promise<T> {
  return withDatabase(async (knex) => work(await createLedger({ knex, name, mustExist: true }), knex));
}

/** Runs a command's action: its exit code, or one line on standard error that says what went wrong. */
export async function run(action: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await action();
  } catch (error) {
    const code = isLedgerError(error) ? ` (${error.code})` : '';
    process.stderr.write(`jangbu: ${error instanceof Error ? error.message : String(error)}${code}\n`);
    process.exitCode = EXIT.failed;
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
