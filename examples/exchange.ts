// Ten dollars become won at a rate; each currency balances through a trading account of its own.
import {
  convert,
  createLedger,
  credit,
  debit,
  exchangeLines,
  migrate,
  money,
  openDatabase,
} from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'exchange-desk' });
await ledger.openAccounts([
  { code: 'liabilities:wallets:7:usd', type: 'liability', currency: 'USD' },
  { code: 'liabilities:wallets:7:krw', type: 'liability', currency: 'KRW' },
  { code: 'equity:trading:usd', type: 'equity', currency: 'USD' },
  { code: 'equity:trading:krw', type: 'equity', currency: 'KRW' },
]);

const dollars = money('10.00', 'USD');
const lines = exchangeLines({
  from: debit('liabilities:wallets:7:usd', dollars),
  to: credit('liabilities:wallets:7:krw', convert(dollars, 'KRW', '1391.55', 'half_even')),
});
await ledger.post({ idempotencyKey: 'exchange-1', kind: 'exchange', lines });
const { rows, totals } = await ledger.trialBalance();
for (const { account, currency, closing } of rows) console.log(account, closing, currency);
console.log(totals);
await knex.destroy();
