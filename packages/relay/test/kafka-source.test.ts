import { SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { streamOutbox } from '../../../test/support/outbox-stream.ts';
import { KafkaSource } from '../src/sources/kafka-source.ts';
import { sourceConformance } from './conformance.ts';

sourceConformance('kafka', {
  async setUp({ database, ledger }) {
    const topicPrefix = database.name;
    const stream = await streamOutbox(database);
    const { kafkaBrokers } = stream;
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
      tearDown: stream.end,
    };
  },
});
