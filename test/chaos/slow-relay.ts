import { createServer } from 'node:http';
import {
  createHandlers,
  createLedger,
  openDatabase,
  PAYMENT_CONFIRMED,
  settlePayment,
} from '@jangbu/ledger-core';
import { createRelay, KafkaSource, readRelayConfig, SETTLEMENT_AGGREGATES } from '@jangbu/relay';
import { sleep } from './writer.ts';

// A relay of its own process whose handler is now and then slower than the six seconds after which Kafka gives a silent member up. It
// logs what became of each batch, as the usual relay does.
const SLOWER_THAN_A_SESSION_MS = 7_000;
const ONE_IN = 400n;

const config = readRelayConfig(process.env);
if (config.source.kind !== 'kafka') throw new Error('The slow relay reads Kafka.');
const { brokers, topicPrefix } = config.source;
const knex = openDatabase({ url: config.databaseUrl, poolSize: 6 });
const ledger = await createLedger({ knex, name: config.ledgerName });
const consumer = 'settlement';
const settle = settlePayment();
const source = new KafkaSource({
  knex,
  ledgerId: ledger.ledgerId,
  consumer,
  brokers,
  topicPrefix,
  aggregateTypes: SETTLEMENT_AGGREGATES,
  groupId: `${topicPrefix}-${ledger.name}-${consumer}`,
});
const relay = createRelay({
  ledger,
  knex,
  source,
  consumer,
  handlers: createHandlers().run(
    PAYMENT_CONFIRMED.eventType,
    PAYMENT_CONFIRMED.eventVersion,
    async (event, trx) => {
      if (event.seq % ONE_IN === 60n) await sleep(SLOWER_THAN_A_SESSION_MS);
      const { accounts, entries } = settle(event);
      const books = ledger.within(trx);
      await books.openAccounts(accounts);
      await books.postLinked(entries);
    },
  ),
  onApplied: (result) => process.stdout.write(`${JSON.stringify(result)}\n`),
  onTrouble: (message, error) => process.stdout.write(`${message}: ${error}\n`),
});
await relay.start();
createServer((_request, response) => {
  response.writeHead(source.isReading() ? 200 : 503);
  response.end();
}).listen(config.port, config.host);
process.once('SIGTERM', async () => {
  await relay.stop();
  process.exit(0);
});
