import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type OutboxStream, streamOutbox } from '../../../test/support/outbox-stream.ts';
import { createRelay, EmbeddedSource, KafkaSource, type OutboxSource } from '../src/index.ts';

const COUNT = 4_000;
const PADDING = 'x'.repeat(8_000);
/** Of the 32 MB that wait, so much may have been read and not applied: a fetch of each of four partitions. */
const MOST_HELD_BYTES = 10_000_000;
const TARGET_MS = 100;

let database: TestDatabase;
let ledger: Ledger;
let stream: OutboxStream;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'mall' });
  stream = await streamOutbox(database);
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
  await stream.end();
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
    brokers: stream.kafkaBrokers.split(','),
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
