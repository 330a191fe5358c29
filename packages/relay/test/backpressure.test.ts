import { deleteConnector, outboxConnector, superviseConnector } from '@jangbu/connect';
import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectView } from '../../../scripts/system/connect-view.ts';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { openTopics } from '../../../test/support/topics.ts';
import { createRelay, EmbeddedSource, KafkaSource, type OutboxSource } from '../src/index.ts';

const COUNT = 4_000;
const PADDING = 'x'.repeat(8_000);
/** Of the 32 MB that wait, so much may have been read and not applied: a fetch of each of four partitions. */
const MOST_HELD_BYTES = 10_000_000;
const TARGET_MS = 100;

let database: TestDatabase;
let ledger: Ledger;
let kafkaBrokers = '';
let removeConnector: () => Promise<void> = async () => {};

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
  const { addresses } = await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] });
  const connectUrl = addresses.connectUrl ?? '';
  kafkaBrokers = addresses.kafkaBrokers ?? '';
  const seen = connectView(addresses, database.replicationUrl);
  const connector = outboxConnector({
    database: database.name,
    databaseUrl: seen.replicationUrl,
    kafkaBrokers: seen.kafkaBrokers,
    topicPrefix: database.name,
  });
  const supervised = superviseConnector({ connectUrl, connector });
  removeConnector = async () => {
    supervised.stop();
    await deleteConnector(connectUrl, connector.name);
  };
  for (let at = 0; at < COUNT; at += 200) {
    await ledger.transaction((writer) =>
      writer.appendEvents(
        Array.from({ length: 200 }, (_, index) => ({
          aggregateType: 'note',
          aggregateId: `key-${(at + index) % 97}`,
          eventType: 'Noted',
          eventVersion: 1,
          payload: { number: at + index, padding: PADDING },
        })),
      ),
    );
  }
}, 60_000);
afterAll(async () => {
  await removeConnector();
  await openTopics(kafkaBrokers, database.name).close();
  await database.drop();
});

describe('a handler that is slower than its source', () => {
  it.each(['kafka', 'embedded'] as const)(
    'makes %s wait, in small transactions and bounded memory, and loses nothing',
    async (kind) => {
      const consumer = `slow-${kind}`;
      const { source, held } = watched(makeSource(kind, consumer));
      const numbers: number[] = [];
      const times: number[] = [];
      const relay = createRelay({
        ledger,
        knex: database.runtime,
        source,
        consumer,
        batchLimits: { targetMs: TARGET_MS },
        onApplied: (_result, _batches, tookMs) => times.push(tookMs),
      });
      relay.on<{ number: number }>('Noted', 1, async ({ payload }) => {
        await new Promise((resume) => setTimeout(resume, 1));
        numbers.push(payload.number);
      });
      await relay.start();
      try {
        await waitFor('all to be applied', async () => numbers.length >= COUNT, { timeoutMs: 90_000 });
        await waitFor('the lag to be gone', async () => (await ledger.lag(consumer)).events === 0);
      } finally {
        await relay.stop();
      }
      expect(new Set(numbers).size).toBe(COUNT);
      for (const key of [0, 1, 96]) {
        const ofKey = numbers.filter((number) => number % 97 === key);
        expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
      }
      expect(held.mostBytes).toBeGreaterThan(100_000);
      expect(held.mostBytes).toBeLessThan(MOST_HELD_BYTES);
      const settled = times.slice(5).sort((a, b) => a - b);
      expect(settled[Math.floor(settled.length / 2)]).toBeLessThan(2 * TARGET_MS);
      expect((await ledger.verify({ consumer, lagAllowanceMs: 0 })).findings).toEqual([]);
    },
    120_000,
  );
});

function makeSource(kind: 'kafka' | 'embedded', consumer: string): OutboxSource {
  const common = { knex: database.runtime, ledgerId: ledger.ledgerId, consumer };
  if (kind === 'embedded') return new EmbeddedSource(common);
  return new KafkaSource({
    ...common,
    brokers: kafkaBrokers.split(','),
    topicPrefix: database.name,
    aggregateTypes: ['note'],
    groupId: `${database.name}-${consumer}`,
  });
}

/** Counts what the source has handed over and the relay has not applied. */
function watched(source: OutboxSource): { source: OutboxSource; held: { mostBytes: number } } {
  const held = { mostBytes: 0 };
  let bytes = 0;
  return {
    held,
    source: {
      name: source.name,
      stop: () => source.stop(),
      isReading: () => source.isReading(),
      start: (deliver) =>
        source.start(async (batch) => {
          const size = batch.events.reduce((sum, { payload }) => sum + payload.length, 0);
          bytes += size;
          held.mostBytes = Math.max(held.mostBytes, bytes);
          try {
            await deliver(batch);
          } finally {
            bytes -= size;
          }
        }),
    },
  };
}
