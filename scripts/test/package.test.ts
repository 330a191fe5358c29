import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../docs/pages.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

/** What a user does beside a table and migrations of their own; the same text serves both kinds of module. */
const PROGRAM = `
async function main({ createLedger, migrate, money, transfer }, knexModule) {
  const knex = knexModule.knex({ client: 'mysql2', connection: process.env.DATABASE_URL });
  const name = '0001_orders.js';
  const own = { up: (db) => db.schema.createTable('orders', (table) => table.string('id').primary()), down: async () => {} };
  await knex.migrate.latest({
    migrationSource: { getMigrations: async () => [name], getMigrationName: (it) => it, getMigration: async () => own },
  });
  await migrate(knex);
  const ledger = await createLedger({ knex, name: 'outside' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
  const id = process.env.ORDER_ID;
  await knex.transaction(async (trx) => {
    await trx('orders').insert({ id });
    await ledger.within(trx).post(
      transfer({ idempotencyKey: id, kind: 'sale', from: 'revenue:sales', to: 'assets:cash', amount: money('12000', 'KRW') }),
    );
  });
  const { totals } = await ledger.trialBalance();
  console.log(JSON.stringify({ orders: await knex('orders').pluck('id'), totals }));
  await knex.destroy();
}
`;

const TYPED = `
import { compose, createLedger, type Ledger, LedgerError, money, type PostedEntry } from '@jangbu/ledger-core';
import knexModule from 'knex';

const knex = knexModule.knex({ client: 'mysql2' });
export const ledger: Promise<Ledger> = createLedger({ knex, name: 'typed' });
export const posted = async (): Promise<PostedEntry> =>
  (await ledger).post(
    compose({ idempotencyKey: 'a', kind: 'sale' })
      .debit('assets:cash', money('1', 'KRW'))
      .credit('revenue:sales', money('1', 'KRW'))
      .entry(),
  );
export const isRefused = (error: unknown): boolean => error instanceof LedgerError && error.code === 'entry_unbalanced';
// @ts-expect-error an entry with one side only is no entry
compose({ idempotencyKey: 'a', kind: 'sale' }).debit('assets:cash', money('1', 'KRW')).entry();
`;

let project: string;
let database: TestDatabase;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'jangbu-outside-'));
  const tarball = run(process.execPath, [join(ROOT, 'scripts', 'pack.ts')], ROOT).trim();
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'outside', private: true, type: 'commonjs' }),
  );
  writeFileSync(
    join(project, 'program.mjs'),
    `import * as core from '@jangbu/ledger-core';\nimport knex from 'knex';\n${PROGRAM}\nawait main(core, knex);\n`,
  );
  writeFileSync(
    join(project, 'program.cjs'),
    `const core = require('@jangbu/ledger-core');\nconst knex = require('knex');\n${PROGRAM}\nmain(core, knex);\n`,
  );
  writeFileSync(join(project, 'typed.mts'), TYPED);
  run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefer-offline',
    tarball,
    'knex',
    'mysql2',
  ]);
  database = await createTestDatabase();
}, 120_000);

afterAll(async () => {
  const ledger = await createLedger({ knex: database.admin, name: 'outside', mustExist: true });
  const { findings } = await ledger.verify({ lagAllowanceMs: 0 });
  await database.drop();
  rmSync(project, { recursive: true, force: true });
  expect(findings).toEqual([]);
});

/** Its output; fails with what it said. */
function run(
  command: string,
  args: readonly string[],
  cwd = project,
  env: Record<string, string> = {},
): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

describe('the packed library, in a project of its own', () => {
  it('posts beside its user’s tables and migrations, imported and required', () => {
    const env = (ORDER_ID: string) => ({ DATABASE_URL: database.adminUrl, ORDER_ID });
    const first = JSON.parse(run(process.execPath, ['program.mjs'], project, env('imported')));
    expect(first).toEqual({
      orders: ['imported'],
      totals: [{ currency: 'KRW', debit: '12000', credit: '12000' }],
    });
    const second = JSON.parse(run(process.execPath, ['program.cjs'], project, env('required')));
    expect(second).toEqual({
      orders: ['imported', 'required'],
      totals: [{ currency: 'KRW', debit: '24000', credit: '24000' }],
    });
  });

  it('brings its types', () => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
    expect(run(process.execPath, [tsc, ...options, 'typed.mts'])).toBe('');
  });

  it('holds no source, no test and no more than the two groups of migrations', () => {
    const files = run('npm', ['ls', '--all', '--parseable'])
      .split('\n')
      .filter((path) => path.includes('@jangbu'));
    expect(files).toHaveLength(1);
    const listed = run('find', [join(project, 'node_modules/@jangbu/ledger-core'), '-type', 'f']).split('\n');
    expect(listed.filter((path) => /\.test\.|[^d]\.ts$/.test(path.replace(/\.d\.ts$/, '')))).toEqual([]);
    expect(listed.some((path) => path.endsWith('migrations/ledger/001-ledgers.sql'))).toBe(true);
    expect(listed.some((path) => path.includes('migrations/shop'))).toBe(false);
  });
});
