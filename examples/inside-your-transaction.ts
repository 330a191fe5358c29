// An order of yours and its entry commit together, or not at all.
import { createLedger, credit, debit, migrate, money, openDatabase } from '@jangbu/ledger-core';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'joined' });
await ledger.openAccounts([
  { code: 'assets:cash', type: 'asset', currency: 'KRW' },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
]);
await knex.schema
  .hasTable('example_orders')
  .then((isThere) =>
    isThere ? undefined : knex.schema.createTable('example_orders', (table) => table.string('id').primary()),
  );

async function sell(orderId: string, price: string): Promise<void> {
  const amount = money(price, 'KRW');
  await knex.transaction(
    async (trx) => {
      await trx('example_orders').insert({ id: orderId }).onConflict().ignore();
      await ledger.within(trx).post({
        idempotencyKey: orderId,
        kind: 'sale',
        lines: [debit('assets:cash', amount), credit('revenue:sales', amount)],
      });
      if (orderId === 'order-2') throw new Error('changed my mind');
    },
    { isolationLevel: 'read committed' },
  );
}

await sell('order-1', '12000');
await sell('order-2', '99000').catch((error: Error) => console.log('order-2:', error.message));
console.log('orders:', await knex('example_orders').pluck('id'));
for (const { account, closing } of (await ledger.trialBalance()).rows) console.log(account, closing);
await knex.destroy();
