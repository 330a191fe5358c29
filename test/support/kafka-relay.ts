import {
  createLedger,
  openDatabase,
  SETTLEMENT_AGGREGATES,
  SETTLEMENT_CONSUMER,
  settlementHandlers,
} from '@jangbu/ledger-core';
import { createRelay, KafkaSource, readRelayConfig } from '@jangbu/relay';

// The relay through Kafka as a process of its own, in a group of its own: Kafka waits six seconds for a member that was killed, and nobody
// else has to wait for it here.
const config = readRelayConfig(process.env);
if (config.source.kind !== 'kafka') throw new Error('This relay reads Kafka.');
const { brokers, topicPrefix } = config.source;
const knex = openDatabase({ url: config.databaseUrl, poolSize: 8, lostAfterMs: 3_000 });
const ledger = await createLedger({ knex, name: config.ledgerName });
const key = { knex, ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
const source = new KafkaSource({
  ...key,
  brokers,
  topicPrefix,
  aggregateTypes: SETTLEMENT_AGGREGATES,
  groupId: `${topicPrefix}-${process.pid}`,
});
const relay = createRelay({
  ...key,
  ledger,
  source,
  handlers: settlementHandlers(ledger),
  onTrouble: (message, error) => process.stdout.write(`${message}: ${error}\n`),
});
await relay.start();
process.once('SIGTERM', async () => {
  await relay.stop();
  await knex.destroy();
});
