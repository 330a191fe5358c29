// Needs a MySQL, such as the one of `npm start`. Run again, it changes nothing: the idempotency key was used.
import { createLedger, credit, debit, migrate, money, openDatabase } from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'corner-shop' });
await ledger.openAccounts([
  { code: 'assets:cash', type: 'asset', currency: 'KRW' },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);
const price = money('12000', 'KRW');
const lines = [debit('assets:cash', price), credit('revenue:sales', price)];
// In a transaction of its own; in yours it is ledger.within(trx).post(…).
await ledger.post({ idempotencyKey: 'sale-1', kind: 'sale', lines });
const { rows, totals } = await ledger.trialBalance();
console.log(
  rows.map(({ account, closing }) => `${account} ${closing}`),
  totals,
);
await knex.destroy();
