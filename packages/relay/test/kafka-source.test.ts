import { deleteConnector, outboxConnector, superviseConnector } from '@jangbu/connect';
import { SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { KafkaSource } from '../src/sources/kafka-source.ts';
import { sourceConformance } from './conformance.ts';

sourceConformance('kafka', {
  async setUp({ database, ledger }) {
    const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
    const { connectUrl = '', kafkaBrokers = '' } = addresses;
    const topicPrefix = database.name;
    const connector = outboxConnector({
      database: database.name,
      databaseUrl: database.replicationUrl,
      kafkaBrokers,
      topicPrefix,
    });
    const supervised = superviseConnector({ connectUrl, connector });
    return {
      makeSource: () =>
        new KafkaSource({
          knex: database.runtime,
          ledgerId: ledger.ledgerId,
          consumer: SETTLEMENT_CONSUMER,
          brokers: kafkaBrokers.split(','),
          topicPrefix,
          aggregateTypes: ['payment'],
          groupId: topicPrefix,
        }),
      async tearDown() {
        supervised.stop();
        await deleteConnector(connectUrl, connector.name);
      },
    };
  },
});
