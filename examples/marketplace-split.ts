// A sale of a marketplace: the fee and its VAT are taken from the seller's share, and no won is lost to rounding.
import {
  createLedger,
  credit,
  debit,
  formatMoney,
  migrate,
  money,
  openDatabase,
  portion,
  splitVatInclusive,
  subtractMoney,
} from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'marketplace' });
await ledger.openAccounts([
  { code: 'assets:receivables:card', type: 'asset', currency: 'KRW' },
  { code: 'liabilities:sellers:7:pending', type: 'liability', currency: 'KRW' },
  { code: 'liabilities:vat-payable', type: 'liability', currency: 'KRW' },
  { code: 'revenue:platform-fees', type: 'revenue', currency: 'KRW' },
]);

const paid = money('38500', 'KRW');
// Five percent and a half, VAT included: 2,117.5 is rounded once, and split so that both parts sum to it.
const feeWithVat = portion(paid, '0.055');
const { net: fee, vat } = splitVatInclusive(feeWithVat, '0.1');
const sellers = subtractMoney(paid, feeWithVat);
await ledger.post({
  idempotencyKey: 'payment-1',
  kind: 'settlement',
  lines: [
    debit('assets:receivables:card', paid),
    credit('liabilities:sellers:7:pending', sellers),
    credit('revenue:platform-fees', fee),
    credit('liabilities:vat-payable', vat),
  ],
});
console.log(
  'paid',
  formatMoney(paid),
  '= seller',
  formatMoney(sellers),
  '+ fee',
  formatMoney(fee),
  '+ VAT',
  formatMoney(vat),
);
const { totals } = await ledger.trialBalance();
console.log(totals);
await knex.destroy();
