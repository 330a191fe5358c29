import { createLedger, type Ledger, readEvents, SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Consumer, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { openTopics } from '../../../test/support/topics.ts';
import { publishDeadLetters } from '../src/dead-letter-topic.ts';
import { readRelayConfig, startRelay } from '../src/index.ts';
import { settlementHandlers } from '../src/settlement-handlers.ts';
import { createKafkaPublisher, type Publisher } from '../src/sources/kafka-publisher.ts';

let database: TestDatabase;
let ledger: Ledger;
let brokers = '';
let publisher: Publisher;
let consumer: Consumer | undefined;
let offset = 0n;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
  const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka'] });
  brokers = addresses.kafkaBrokers ?? '';
  publisher = createKafkaPublisher({ brokers: brokers.split(','), clientId: database.name, partitions: 4 });
});
afterEach(async () => {
  await consumer?.disconnect();
});
afterAll(async () => {
  await publisher?.close();
  await openTopics(brokers, database.name).close();
  expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
  await database.drop();
});

const key = () => ({ ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER });
const publish = (through: Pick<Publisher, 'publish'> = publisher) =>
  publishDeadLetters({ knex: database.runtime, key: key(), publisher: through, topicPrefix: database.name });

describe('the dead-letter topic', () => {
  it('gets every letter in order per key, also when the relay dies before it can mark them', async () => {
    await park(230);
    const dying = {
      async publish(records: Parameters<Publisher['publish']>[0]) {
        await publisher.publish(records);
        throw new Error('killed between Kafka and the mark');
      },
    };
    await expect(publish(dying)).rejects.toThrow('killed');
    const both = await Promise.all([publish(), publish()]);
    expect(both[0] + both[1]).toBe(230);
    expect(await publish()).toBe(0);

    const records = await recordsOf('payment', 330);
    const seqs = records.map(({ headers }) => Number(headers?.['seq']));
    expect(new Set(seqs).size).toBe(230);
    const letters = await ledger.deadLetters();
    for (const aggregateId of ['key-0', 'key-1']) {
      const mine = records.filter((record) => record.key?.toString() === aggregateId);
      const inOrder = letters.filter(({ event }) => event.aggregateId === aggregateId);
      const firstTimes = [...new Set(mine.map(({ headers }) => String(headers?.['id'])))];
      expect(firstTimes).toEqual(inOrder.map(({ event }) => event.eventId));
    }
    const last = records.at(-1);
    expect(last?.value?.toString()).toBe('{"nothing":"of use"}');
    expect(String(last?.headers?.['context'])).toBe('{"trace":"abc"}');
    expect(String(last?.headers?.['reasonCode'])).toBe('event_behind_dead_letter');
  }, 60_000);

  it('is filled by a relay that reads Kafka', async () => {
    const relay = await startRelay(
      readRelayConfig({
        DATABASE_URL: database.runtimeUrl,
        LEDGER_NAME: 'mall',
        KAFKA_BROKERS: brokers,
        TOPIC_PREFIX: database.name,
        RELAY_PORT: '0',
      }),
      pino({ level: 'silent' }),
    );
    try {
      await park(3);
      await waitFor('the letters to be published', async () => (await countUnpublished()) === 0);
    } finally {
      await relay.stop();
    }
    await recordsOf('payment', 333);
  }, 60_000);
});

async function park(count: number): Promise<void> {
  await ledger.transaction((writer) =>
    writer.appendEvents(
      Array.from({ length: count }, (_, index) => ({
        aggregateType: 'payment',
        aggregateId: `key-${index % 2}`,
        eventType: 'PaymentConfirmed',
        eventVersion: 1,
        payload: { nothing: 'of use' },
        headers: { trace: 'abc' },
      })),
    ),
  );
  const events = await readEvents(database.runtime, offset, count + 10);
  const nextOffset = (events.at(-1)?.seq ?? 0n) + 1n;
  await ledger.applyBatches(settlementHandlers(ledger), [
    { consumer: SETTLEMENT_CONSUMER, topic: 'test', partition: 0, events, fromOffset: offset, nextOffset },
  ]);
  offset = nextOffset;
}

async function recordsOf(aggregateType: string, count: number): Promise<KafkaMessage[]> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  consumer = kafka.consumer({ groupId: `${database.name}-${Math.random()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: `${database.name}.${aggregateType}.dead-letters`, fromBeginning: true });
  const records: KafkaMessage[] = [];
  await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => void records.push(message) });
  await waitFor(`${count} records`, async () => records.length >= count);
  expect(records).toHaveLength(count);
  return records;
}

async function countUnpublished(): Promise<number> {
  const [[row]] = await database.admin.raw(
    'SELECT COUNT(*) AS count FROM dead_letters WHERE published_at IS NULL',
  );
  return Number(row.count);
}
