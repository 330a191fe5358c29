// What is posted never changes; a refund posts the opposite, in part or of all that is left, and never more than the entry.
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
const ledger = await createLedger({ knex, name: 'refunds' });
await ledger.openAccounts([
  { code: 'assets:cash', type: 'asset', currency: 'KRW' },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);
const won = (amount: string) => money(amount, 'KRW');
const { entryId } = await ledger.post({
  idempotencyKey: 'sale-1',
  kind: 'sale',
  lines: [debit('assets:cash', won('12000')), credit('revenue:sales', won('12000'))],
});

const part = [credit('assets:cash', won('5000')), debit('revenue:sales', won('5000'))];
await ledger.reverse({ entryId, idempotencyKey: 'refund-1', lines: part });
const rest = await ledger.reverse({ entryId, idempotencyKey: 'refund-2' });
console.log('is all of it reversed?', rest.isWhole);
await ledger
  .reverse({ entryId, idempotencyKey: 'refund-3' })
  .catch((error) => console.log('refund-3:', isLedgerError(error) ? error.code : error));
for (const { account, debit: out, credit: back, closing } of (await ledger.trialBalance()).rows)
  console.log(account, `${out} debit, ${back} credit, ${closing} left`);
await knex.destroy();
