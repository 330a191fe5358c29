// Another service's events, applied exactly once: to the books, and to a table of its own. Needs MySQL only.
import { createLedger, credit, debit, migrate, money, openDatabase } from '@jangbu/ledger-core';
import { createRelay, EmbeddedSource } from '@jangbu/relay';

const knex = openDatabase({ url: process.env.DATABASE_URL || 'mysql://root@127.0.0.1:3306/jangbu' });
await migrate(knex);
const ledger = await createLedger({ knex, name: 'shipping' });
await ledger.openAccounts([
  { code: 'assets:receivable:carrier', type: 'asset', currency: 'KRW' },
  { code: 'revenue:shipping', type: 'revenue', currency: 'KRW' },
]);
await knex.raw('CREATE TABLE IF NOT EXISTS example_parcels (id VARCHAR(64) NOT NULL PRIMARY KEY)');

interface ParcelShipped {
  readonly parcel: string;
  readonly fee: string;
}

const relay = createRelay({
  ledger,
  knex,
  consumer: 'shipping',
  source: new EmbeddedSource({ knex, ledgerId: ledger.ledgerId, consumer: 'shipping' }),
});
relay.on<ParcelShipped>('ParcelShipped', 1, async ({ eventId, payload }, books, trx) => {
  await trx.raw('INSERT INTO example_parcels (id) VALUES (?)', [payload.parcel]);
  await books.post({
    idempotencyKey: `shipping:${payload.parcel}`,
    kind: 'shipping',
    eventId,
    lines: [
      debit('assets:receivable:carrier', money(payload.fee, 'KRW')),
      credit('revenue:shipping', money(payload.fee, 'KRW')),
    ],
  });
});

// What the other service does, in the transaction that ships. It does it twice, as a service that was killed may.
for (const fee of ['3000', '3000']) {
  await ledger.transaction((writer) =>
    writer.appendEvents([
      {
        aggregateType: 'parcel',
        aggregateId: 'parcel-1',
        eventType: 'ParcelShipped',
        eventVersion: 1,
        eventId: '0193524f-0000-7000-8000-000000000001',
        payload: { parcel: 'parcel-1', fee },
      },
    ]),
  );
}

await relay.start();
while ((await ledger.lag('shipping')).events > 0) await new Promise((resume) => setTimeout(resume, 20));
await relay.stop();

console.log('parcels:', await knex('example_parcels').pluck('id'));
for (const { account, closing } of (await ledger.trialBalance()).rows) console.log(account, closing);
await knex.destroy();
