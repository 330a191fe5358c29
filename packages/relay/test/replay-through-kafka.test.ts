import { readEvents, SETTLEMENT_CONSUMER } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type OutboxStream, streamOutbox } from '../../../test/support/outbox-stream.ts';
import { createRelay, KafkaSource, type Relay } from '../src/index.ts';
import { settlementHandlers } from '../src/settlement-handlers.ts';
import { jangbu } from './support/jangbu.ts';
import { type Mall, openMall } from './support/mall.ts';

let mall: Mall;
let stream: OutboxStream | undefined;
let brokers = '';
let relay: Relay | undefined;
const EVENTS = 606;

/** Debezium publishes what is there, and nobody has applied it yet. */
beforeAll(async () => {
  mall = await openMall();
  await mall.write(600);
  stream = await streamOutbox(mall.database);
  brokers = stream.kafkaBrokers;
  await waitFor('Debezium', async () => (await records()).length >= EVENTS, { timeoutMs: 40_000 });
}, 90_000);
afterAll(async () => {
  try {
    expect(await mall.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await relay?.stop();
    await stream?.end();
    await mall.database.drop();
  }
}, 60_000);

const replay = (...args: string[]) =>
  jangbu(mall.database.runtimeUrl, ['replay', '--ledger', 'mall', '--yes', '--json', ...args], {
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: mall.database.name,
  });

describe('jangbu replay --through-kafka', () => {
  it('writes each record again as Debezium did: same partition, key, value and headers', async () => {
    const before = await records();
    const { status, stdout, stderr } = replay('--from', '1', '--through-kafka');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'publish',
      status: 'completed',
      counts: { published: EVENTS },
    });
    const again = (await records()).filter((one) => !before.some((old) => old.place === one.place));
    expect(again).toHaveLength(EVENTS);
    const known = (all: typeof again) => all.map(({ place: _place, ...rest }) => rest).sort(bySeq);
    expect(known(again)).toEqual(known(before.slice(0, EVENTS)));
  }, 60_000);

  it('settles through the relay what was not applied, once', async () => {
    const { ledger, database } = mall;
    const source = new KafkaSource({
      knex: database.runtime,
      ledgerId: ledger.ledgerId,
      consumer: SETTLEMENT_CONSUMER,
      brokers: brokers.split(','),
      topicPrefix: database.name,
      aggregateTypes: ['payment', 'entry'],
      groupId: database.name,
    });
    let duplicates = 0;
    relay = createRelay({
      ledger,
      knex: database.runtime,
      source,
      handlers: settlementHandlers(ledger),
      consumer: SETTLEMENT_CONSUMER,
      onApplied: (result) => {
        duplicates += result.duplicates;
      },
    });
    await relay.start();
    await waitFor('all records to be read', async () => duplicates >= EVENTS, { timeoutMs: 30_000 });
    expect((await ledger.lag()).events).toBe(0);
    const { rows } = await ledger.trialBalance();
    replay('--from', '1', '--to', '100', '--through-kafka');
    await waitFor('the hundred to be dropped', async () => duplicates >= EVENTS + 100, { timeoutMs: 30_000 });
    expect((await ledger.trialBalance()).rows).toEqual(rows);
  }, 60_000);

  it('reaches where Kafka had an event: topic, partition and offset', async () => {
    const [one] = (await records()).filter(({ seq }) => seq === 50);
    const { stdout } = replay('--from', one?.place ?? '', '--to', '60');
    const events = await readEvents(mall.database.runtime, 50n, 1);
    expect(events[0]?.eventId).toBe(one?.headers['id']);
    expect(JSON.parse(stdout)).toMatchObject({ fromSeq: '50', counts: { applied: 0, duplicates: 11 } });
  });

  it('says that there is no Kafka where none answers', () => {
    const { status, stderr } = jangbu(
      mall.database.runtimeUrl,
      ['replay', '--ledger', 'mall', '--yes', '--from', '1', '--through-kafka'],
      { KAFKA_BROKERS: '127.0.0.1:1' },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('jangbu replay --resume');
    const cancelled = jangbu(mall.database.runtimeUrl, ['replay', '--cancel', String(lastRun())]);
    expect(cancelled).toMatchObject({ status: 0 });
  }, 60_000);
});

function lastRun(): number {
  const { stdout } = jangbu(mall.database.runtimeUrl, ['replays', '--json', '--limit', '1']);
  return JSON.parse(stdout)[0].runId;
}

interface SeenRecord {
  readonly place: string;
  readonly partition: number;
  readonly key: string;
  readonly value: string;
  readonly seq: number;
  readonly headers: Readonly<Record<string, string>>;
}

function bySeq(a: { seq: number }, b: { seq: number }): number {
  return a.seq - b.seq;
}

/** Everything that is in the topics now. */
async function records(): Promise<SeenRecord[]> {
  const prefix = mall.database.name;
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = [`${prefix}.payment`, `${prefix}.entry`];
  const there = (await admin.listTopics()).filter((topic) => topics.includes(topic));
  let expected = 0;
  for (const topic of there)
    for (const { high } of await admin.fetchTopicOffsets(topic)) expected += Number(high);
  await admin.disconnect();
  if (there.length < topics.length) return [];
  const consumer = kafka.consumer({ groupId: `${prefix}-look-${Math.random()}` });
  const found: SeenRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const headers = Object.fromEntries(
        Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
          // Debezium names its own process and task in headers that nobody reads.
          value === undefined || value === null || name.startsWith('__debezium.')
            ? []
            : [[name, String(value)]],
        ),
      );
      found.push({
        place: `${topic}:${partition}:${message.offset}`,
        partition,
        key: String(message.key),
        value: String(message.value),
        seq: Number(headers['seq']),
        headers,
      });
    },
  });
  try {
    await waitFor('the records', async () => found.length >= expected, { timeoutMs: 20_000 });
  } finally {
    await consumer.disconnect();
  }
  return found.sort((a, b) => Number(a.place.split(':')[2]) - Number(b.place.split(':')[2]));
}
