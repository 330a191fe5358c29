import {
  createHandlers,
  createLedger,
  openDatabase,
  SETTLEMENT_CONSUMER,
  settlePayment,
} from '@jangbu/ledger-core';
import { createRelay, EmbeddedSource } from '../../src/index.ts';

// A relay of its own process that a payment of the seller "killer" kills, as a native crash or too little memory would.
const settle = settlePayment();
const knex = openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
const ledger = await createLedger({ knex, name: 'mall' });
const relay = createRelay({
  ledger,
  knex,
  source: new EmbeddedSource({ knex, ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER }),
  handlers: createHandlers().on('PaymentConfirmed', 1, (event) => {
    if (event.payload.includes('"killer"')) process.kill(process.pid, 'SIGKILL');
    return settle(event);
  }),
  consumer: SETTLEMENT_CONSUMER,
});
await relay.start();
process.once('SIGTERM', async () => {
  await relay.stop();
  await knex.destroy();
});
