// Money is set aside when an order is placed, and posted when it is shipped; what is not shipped is given back.
import {
  createLedger,
  credit,
  debit,
  isLedgerError,
  migrate,
  money,
  openDatabase,
} from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'gift-cards' });
await ledger.openAccounts([
  { code: 'assets:bank', type: 'asset', currency: 'KRW' },
  { code: 'liabilities:gift-cards:7', type: 'liability', currency: 'KRW', floor: 0n },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);
const won = (amount: string) => money(amount, 'KRW');
const spend = (amount: string) => [
  debit('liabilities:gift-cards:7', won(amount)),
  credit('revenue:sales', won(amount)),
];

await ledger.post({
  idempotencyKey: 'card-7-bought',
  kind: 'gift-card',
  lines: [debit('assets:bank', won('50000')), credit('liabilities:gift-cards:7', won('50000'))],
});
const { holdId } = await ledger.hold({ idempotencyKey: 'order-1', kind: 'order', lines: spend('40000') });

// What is held cannot be spent a second time.
await ledger
  .hold({ idempotencyKey: 'order-2', kind: 'order', lines: spend('30000') })
  .catch((error) => console.log('order-2:', isLedgerError(error) ? error.code : error));

// A part is shipped; with `final`, the rest is released.
const shipped = { holdId, idempotencyKey: 'order-1-shipped', lines: spend('25000'), final: true };
const { holdStatus } = await ledger.capture(shipped);
console.log('order-1:', holdStatus);
for (const { account, closing } of (await ledger.trialBalance()).rows) console.log(account, closing);
await knex.destroy();
