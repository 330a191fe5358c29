import {
  createLedger,
  type Ledger,
  paymentConfirmedEvent,
  readEvents,
  SETTLEMENT_CONSUMER,
} from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { createRelay, EmbeddedSource, type Relay, settlementHandlers } from '../src/index.ts';
import { startJangbu } from './support/jangbu.ts';

const ALL = [0, 1, 2, 3];

describe('the status, as another process sees it', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  const relays: Relay[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    ledger = await createLedger({ knex: database.runtime, name: 'mall' });
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });
  afterAll(async () => {
    try {
      expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
    } finally {
      await database.drop();
    }
  });

  it('knows of no relay, no batch and no duplicate before there was one', async () => {
    expect(await status()).toMatchObject({ source: null, relays: [], batchEvents: 0, duplicatesDropped: 0 });
  });

  it('names the leader before it has anything to do, and who follows it', async () => {
    const startedAt = Date.now();
    const first = await start('shop-1:1');
    await untilLed('shop-1:1');
    await start('shop-2:2');
    const { source, relays } = await status();
    expect(source).toBe('embedded');
    expect(relays).toEqual([
      { relay: 'shop-1:1', alive: true, topic: 'outbox', partitions: ALL, since: expect.any(String) },
    ]);
    expect(Date.parse(relays[0].since)).toBeGreaterThanOrEqual(startedAt);

    await write(5);
    await waitFor('all to be settled', async () => (await ledger.lag()).events === 0);
    expect(await status()).toMatchObject({ relays, duplicatesDropped: 0 });
    const { batchEvents } = await status();
    expect(batchEvents).toBeGreaterThan(0);
    expect(batchEvents).toBeLessThanOrEqual(5);

    await first.stop();
    await untilLed('shop-2:2');
    expect(Date.parse((await status()).relays[0].since)).toBeGreaterThan(Date.parse(relays[0].since));
  });

  it('has nobody who reads once all have stopped', async () => {
    expect(await status()).toMatchObject({ source: 'embedded', relays: [] });
  });

  it('counts what came again, and keeps the size of the last batch where nothing came', async () => {
    const events = await readEvents(database.runtime, 1n, 3);
    const batch = {
      consumer: SETTLEMENT_CONSUMER,
      topic: 'mall.payment',
      fromOffset: 0n,
      nextOffset: 3n,
    };
    const parts = [
      { ...batch, partition: 0, events: events.slice(0, 1) },
      { ...batch, partition: 1, events: events.slice(1) },
    ];
    await ledger.applyBatches(settlementHandlers(ledger), parts);
    await ledger.applyBatches(settlementHandlers(ledger), parts);
    expect(await status()).toMatchObject({ source: 'kafka', batchEvents: 3, duplicatesDropped: 6 });
    await ledger.applyBatches(settlementHandlers(ledger), [{ ...batch, partition: 0, events: [] }]);
    expect(await status()).toMatchObject({ batchEvents: 3, duplicatesDropped: 6 });
    const [rows] = await database.admin.raw(
      "SELECT duplicates FROM consumer_offsets WHERE topic = 'mall.payment' ORDER BY source_partition",
    );
    expect(rows.map(({ duplicates }: { duplicates: number }) => Number(duplicates))).toEqual([2, 4]);
  });

  async function start(name: string): Promise<Relay> {
    const key = { knex: database.runtime, ledgerId: ledger.ledgerId, consumer: SETTLEMENT_CONSUMER };
    const source = new EmbeddedSource(key);
    const handlers = settlementHandlers(ledger);
    const relay = createRelay({ ...key, ledger, source, handlers, name });
    relays.push(relay);
    await relay.start();
    return relay;
  }

  function untilLed(name: string): Promise<boolean> {
    return waitFor(`${name} to lead`, async () => (await ledger.lag()).holdings[0]?.relay === name);
  }

  function write(count: number): Promise<unknown> {
    const events = Array.from({ length: count }, (_, index) =>
      paymentConfirmedEvent({
        paymentKey: `status-${index}`,
        orderId: `order-${index}`,
        currency: 'KRW',
        amount: '1000',
        approvedAt: '2026-11-23T01:02:03.000Z',
        shares: [{ sellerId: 'seller', amount: '1000' }],
      }),
    );
    return ledger.transaction((writer) => writer.appendEvents(events));
  }

  /** By a process of its own; the relays of this one go on meanwhile. */
  async function status() {
    const { ended } = startJangbu(database.runtimeUrl, ['status', '--ledger', 'mall', '--json']);
    return JSON.parse((await ended).stdout);
  }
});
