import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, money, registerCurrency, transfer } from '../src/index.ts';

const SHOP = resolve(import.meta.dirname, 'support/points-shop.ts');
const run = promisify(execFile);
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Another process, with decimals of its own for POINT. */
async function shop(name: string, decimals: number | 'none', account = 'none'): Promise<unknown> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    SHOP,
    database.runtimeUrl,
    name,
    String(decimals),
    account,
  ];
  return JSON.parse((await run(process.execPath, args)).stdout);
}

describe('a currency beyond ISO 4217', () => {
  it('keeps its decimals with the ledger: others learn them, and who says otherwise is refused', async () => {
    registerCurrency('POINT', 3);
    const ledger = await createLedger({ knex: database.runtime, name: 'points' });
    await ledger.openAccounts([
      { code: 'assets:points', type: 'asset', currency: 'POINT' },
      { code: 'equity:points', type: 'equity', currency: 'POINT' },
    ]);
    await ledger.post(
      transfer({
        idempotencyKey: 'gift',
        kind: 'gift',
        to: 'assets:points',
        from: 'equity:points',
        amount: money('12.345', 'POINT'),
      }),
    );
    expect(await shop('points', 'none')).toEqual({ debits: ['12.345', '0.000'] });
    expect(await shop('points', 3, 'assets:more')).toEqual({ debits: ['12.345', '0.000'] });
    expect(await shop('points', 0)).toEqual({
      code: 'currency_conflict',
      details: { code: 'POINT', exponent: 0, known: 3 },
    });
    expect((await ledger.verify()).findings).toEqual([]);
  });

  it('is one and the same for processes that open its first accounts at once', async () => {
    await createLedger({ knex: database.runtime, name: 'race' });
    const answers = await Promise.all(
      [0, 2, 0, 2].map((decimals, index) => shop('race', decimals, `assets:points-${index}`)),
    );
    const [[{ exponent }]] = await database.admin.raw(
      "SELECT c.exponent FROM currencies AS c JOIN ledgers AS l USING (ledger_id) WHERE l.name = 'race'",
    );
    const [[{ count }]] = await database.admin.raw(
      "SELECT COUNT(*) AS count FROM accounts AS a JOIN ledgers AS l USING (ledger_id) WHERE l.name = 'race'",
    );
    answers.forEach((answer, index) => {
      const isWinner = [0, 2, 0, 2][index] === exponent;
      expect(answer).toMatchObject(isWinner ? { debits: expect.any(Array) } : { code: 'currency_conflict' });
    });
    expect(Number(count)).toBe(2);
  });

  it('is refused where another process has opened an account in it since, with other decimals', async () => {
    registerCurrency('MILE', 1);
    const ledger = await createLedger({ knex: database.runtime, name: 'miles' });
    const { ledgerId } = ledger;
    await ledger.openAccounts([{ code: 'assets:cash', type: 'asset', currency: 'KRW' }]);
    await database.admin.raw("INSERT INTO currencies (ledger_id, code, exponent) VALUES (?, 'MILE', 2)", [
      ledgerId,
    ]);
    await expect(
      ledger.openAccounts([{ code: 'assets:miles', type: 'asset', currency: 'MILE' }]),
    ).rejects.toMatchObject({ code: 'currency_conflict', details: { exponent: 1, known: 2 } });
    expect(await ledger.listAccounts({ prefix: 'assets' })).toMatchObject({
      accounts: [{ code: 'assets:cash' }],
    });
  });
});
