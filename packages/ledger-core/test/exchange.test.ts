import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  convert,
  createLedger,
  credit,
  debit,
  exchangeLines,
  type Ledger,
  money,
  moneyToJson,
  registerCurrency,
  tradingAccounts,
} from '../src/index.ts';

registerCurrency('ETHGWEI', 9);

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'exchange' });
  await ledger.openAccounts([
    ...tradingAccounts(['USD', 'KRW', 'ETHGWEI']),
    { code: 'assets:bank:usd', type: 'asset', currency: 'USD' },
    { code: 'liabilities:wallets:7:usd', type: 'liability', currency: 'USD', floor: 0n },
    { code: 'liabilities:wallets:7:krw', type: 'liability', currency: 'KRW', floor: 0n },
    { code: 'liabilities:wallets:7:eth', type: 'liability', currency: 'ETHGWEI', floor: 0n },
  ]);
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

it('exchanges a wallet into other currencies, and each currency balances', async () => {
  const dollars = money('10.00', 'USD');
  await ledger.post({
    idempotencyKey: 'deposit',
    kind: 'deposit',
    lines: [debit('assets:bank:usd', dollars), credit('liabilities:wallets:7:usd', dollars)],
  });
  const part = money('3.33', 'USD');
  const rate = '1391.57';
  const won = convert(part, 'KRW', rate, 'down');
  await ledger.post({
    idempotencyKey: 'to-won',
    kind: 'exchange',
    metadata: { rate, given: moneyToJson(part) },
    lines: exchangeLines({
      from: debit('liabilities:wallets:7:usd', part),
      to: credit('liabilities:wallets:7:krw', won),
    }),
  });
  const ether = convert(part, 'ETHGWEI', { numerator: '1', denominator: '3300.5' });
  await ledger.post({
    idempotencyKey: 'to-ether',
    kind: 'exchange',
    lines: exchangeLines({
      from: debit('liabilities:wallets:7:usd', part),
      to: credit('liabilities:wallets:7:eth', ether),
    }),
  });

  const { rows, totals } = await ledger.trialBalance();
  expect(Object.fromEntries(rows.map(({ account, closing }) => [account, closing]))).toMatchObject({
    'liabilities:wallets:7:usd': '3.34',
    'liabilities:wallets:7:krw': '4633',
    'liabilities:wallets:7:eth': '0.001008938',
    'equity:trading:usd': '6.66',
    'equity:trading:krw': '-4633',
    'equity:trading:ethgwei': '-0.001008938',
  });
  expect(totals.map(({ currency }) => currency).sort()).toEqual(['ETHGWEI', 'KRW', 'USD']);
  for (const { debit: debits, credit: credits } of totals) expect(debits).toBe(credits);
});

it('exchanges nothing that the wallet does not have', async () => {
  const dollars = money('3.35', 'USD');
  const lines = exchangeLines({
    from: debit('liabilities:wallets:7:usd', dollars),
    to: credit('liabilities:wallets:7:krw', convert(dollars, 'KRW', '1391.57')),
  });
  await expect(ledger.post({ idempotencyKey: 'too-much', kind: 'exchange', lines })).rejects.toMatchObject({
    code: 'limit_exceeded',
    details: { account: 'liabilities:wallets:7:usd', balance: '-0.01' },
  });
});
