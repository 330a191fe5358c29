import { deleteConnector, outboxConnector, superviseConnector } from '@jangbu/connect';
import { SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { connectView } from '../../../scripts/system/connect-view.ts';
import { openTopics } from '../../../test/support/topics.ts';
import { KafkaSource } from '../src/sources/kafka-source.ts';
import { sourceConformance } from './conformance.ts';

sourceConformance('kafka', {
  async setUp({ database, ledger }) {
    const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
    const { connectUrl = '', kafkaBrokers = '' } = addresses;
    const topicPrefix = database.name;
    const seen = connectView(addresses, database.replicationUrl);
    const connector = outboxConnector({
      database: database.name,
      databaseUrl: seen.replicationUrl,
      kafkaBrokers: seen.kafkaBrokers,
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
      async intrude() {
        const kafka = new Kafka({ brokers: kafkaBrokers.split(','), logLevel: logLevel.NOTHING });
        const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
        await producer.connect();
        await producer.send({
          topic: `${topicPrefix}.payment`,
          messages: [{ key: 'intruder', value: '{}' }],
        });
        await producer.disconnect();
      },
      async overshoot() {
        // Not the place from which lag is counted, which stands among them.
        await database.admin.raw(
          "UPDATE consumer_offsets SET next_offset = next_offset + 1000 WHERE topic LIKE '%.payment'",
        );
      },
      async tearDown() {
        supervised.stop();
        await deleteConnector(connectUrl, connector.name);
        await openTopics(kafkaBrokers, topicPrefix).close();
      },
    };
  },
});
