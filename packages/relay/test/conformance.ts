import {
  createHandlers,
  createLedger,
  type Ledger,
  money,
  paymentConfirmedEvent,
  SETTLEMENT_CONSUMER,
  settlePayment,
} from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { createRelay, type Relay } from '../src/relay.ts';
import type { Deliver, OutboxSource } from '../src/sources/source.ts';
import { WatchedSource } from '../src/sources/watched-source.ts';

export interface Place {
  readonly database: TestDatabase;
  readonly ledger: Ledger;
}

export interface Conformance {
  /** Prepares what stands between the outbox and the source, and says how to make a source; called once. */
  setUp(place: Place): Promise<{
    makeSource(): OutboxSource;
    /** Puts something where the source reads that never was in the outbox; undefined where nobody else can write. */
    intrude?(): Promise<void>;
    /** Makes the stored offsets point beyond what there is to read, as when a topic was lost and made anew. */
    overshoot?(): Promise<void>;
    tearDown(): Promise<void>;
  }>;
}

/** What holds for every source of outbox events: the embedded one, Kafka, and any that comes. */
export function sourceConformance(name: string, { setUp }: Conformance): void {
  describe(`${name} source`, () => {
    let place: Place;
    let source: Awaited<ReturnType<Conformance['setUp']>>;
    const relays: Relay[] = [];

    beforeAll(async () => {
      const database = await createTestDatabase();
      const ledger = await createLedger({ knex: database.runtime, name: 'mall' });
      place = { database, ledger };
      source = await setUp(place);
    }, 120_000);
    afterEach(async () => {
      await Promise.all(relays.splice(0).map((relay) => relay.stop()));
      expect(await place.ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
    });
    afterAll(async () => {
      await source?.tearDown();
      await place?.database.drop();
    });

    it('settles what was written before it started, and what is written after', async () => {
      await write(place, ['10000'], 'early');
      await startRelay();
      await write(place, ['20000', '5'], 'late');
      await untilSettled(place);
      expect(await pendingOf(place, 'late')).toBe(20000n - 1100n + 5n);
      expect(await pendingOf(place, 'early')).toBe(10000n - 550n);
    });

    it('keeps Hangul, and every byte of the payload', async () => {
      await startRelay();
      const description = '배추김치 “최고” \\ \u0000 🥬';
      await place.database.runtime.transaction(async (trx) => {
        const event = paymentConfirmedEvent(payment('kimchi', '7000'));
        await place.ledger
          .within(trx)
          .appendEvents([{ ...event, payload: { ...event.payload, description } }]);
      });
      await untilSettled(place);
      expect(await pendingOf(place, 'kimchi')).toBe(7000n - 385n);
    });

    it('applies a low seq that is committed after higher ones', async () => {
      await startRelay();
      const slow = await place.database.runtime.transaction();
      await place.ledger.within(slow).appendEvents([paymentConfirmedEvent(payment('slow', '4000'))]);
      await write(place, ['3000'], 'quick');
      await waitFor('the higher seq', async () => (await pendingOf(place, 'quick')) === 3000n - 165n);
      expect(await pendingOf(place, 'slow')).toBe(0n);
      await slow.commit();
      await untilSettled(place);
      expect(await pendingOf(place, 'slow')).toBe(4000n - 220n);
    });

    it('is not held up by a seq that was rolled back', async () => {
      await startRelay();
      const doomed = await place.database.runtime.transaction();
      await place.ledger.within(doomed).appendEvents([paymentConfirmedEvent(payment('doomed', '4000'))]);
      await doomed.rollback();
      await write(place, ['3000'], 'after');
      await untilSettled(place);
      expect(await pendingOf(place, 'doomed')).toBe(0n);
    });

    it('goes on where it stopped, and two relays at once double nothing', async () => {
      await startRelay();
      await write(place, ['1000', '2000'], 'first');
      await untilSettled(place);
      await relays.pop()?.stop();
      await write(place, ['3000'], 'between');
      await startRelay();
      await startRelay();
      await write(
        place,
        Array.from({ length: 40 }, () => '1000'),
        'crowd',
      );
      await untilSettled(place);
      expect(await pendingOf(place, 'crowd')).toBe(40n * 945n);
    });

    it('parks a poison event and its successors, and settles the rest', async () => {
      await startRelay();
      await place.database.runtime.transaction(async (trx) => {
        const poison = paymentConfirmedEvent({ ...payment('poison', '1000'), amount: '999' });
        const successor = {
          ...paymentConfirmedEvent(payment('poison', '1000')),
          aggregateId: poison.aggregateId,
        };
        await place.ledger
          .within(trx)
          .appendEvents([poison, paymentConfirmedEvent(payment('healthy', '1000')), successor]);
      });
      await untilSettled(place);
      const { deadLetters } = await place.ledger.lag();
      expect(deadLetters).toBe(2);
      expect(await pendingOf(place, 'healthy')).toBe(945n);
      expect(await pendingOf(place, 'poison')).toBe(0n);
    });

    it('passes by what never was in the outbox', async () => {
      await startRelay();
      await source.intrude?.();
      await write(place, ['1000'], 'unharmed');
      await untilSettled(place);
      expect(await pendingOf(place, 'unharmed')).toBe(945n);
      expect((await place.ledger.lag()).deadLetters).toBe(2);
    });

    it('settles what it has not been given yet, although a stored offset lies beyond it', async () => {
      await source.overshoot?.();
      await write(place, ['1000'], 'overlooked');
      await startRelay();
      await untilSettled(place);
      expect(await pendingOf(place, 'overlooked')).toBe(945n);
    });

    it.each<[string, Deliver]>([
      ['swallows what it reads', async () => {}],
      ['hangs over what it reads', () => new Promise(() => {})],
    ])(
      'is replaced when it %s and says nothing of it',
      async (how, deliver) => {
        const seller = how.startsWith('swallows') ? 'swallowed' : 'hung';
        const troubles: string[] = [];
        let made = 0;
        const watched = new WatchedSource({
          make: () => (++made === 1 ? deaf(source.makeSource(), deliver) : source.makeSource()),
          lag: () => place.ledger.lag(),
          silenceMs: 1_000,
          onTrouble: (message) => troubles.push(message),
        });
        await startRelay(watched);
        await write(place, ['1000'], seller);
        await untilSettled(place);
        expect(await pendingOf(place, seller)).toBe(945n);
        expect(made).toBeGreaterThan(1);
        expect(troubles).toContain('events wait and none is applied; the source is replaced');
        const before = made;
        await write(place, ['1000'], 'heard');
        await untilSettled(place);
        expect(made).toBe(before);
      },
      60_000,
    );

    async function startRelay(through = source.makeSource()): Promise<void> {
      const relay = createRelay({
        ledger: place.ledger,
        knex: place.database.runtime,
        source: through,
        handlers: createHandlers().on('PaymentConfirmed', 1, settlePayment()),
        consumer: SETTLEMENT_CONSUMER,
      });
      relays.push(relay);
      await relay.start();
    }
  });
}

/** A source whose reader works, and reaches nobody. */
function deaf(source: OutboxSource, deliver: Deliver): OutboxSource {
  return {
    name: source.name,
    start: () => source.start(deliver),
    stop: () => source.stop(),
    abandon: async () => source.abandon?.(),
    isReading: () => source.isReading(),
  };
}

let payments = 0;
function payment(sellerId: string, amount: string) {
  const id = `${sellerId}-${++payments}`;
  return {
    paymentKey: id,
    orderId: `order-${id}`,
    currency: 'KRW',
    amount,
    approvedAt: '2026-11-23T01:02:03.000Z',
    shares: [{ sellerId, amount }],
  };
}

/** Each payment in a transaction of its own, as the mall writes them. */
async function write(
  { database, ledger }: Place,
  amounts: readonly string[],
  sellerId: string,
): Promise<void> {
  const append = (trx: Knex.Transaction, amount: string) =>
    ledger.within(trx).appendEvents([paymentConfirmedEvent(payment(sellerId, amount))]);
  for (const amount of amounts) await database.runtime.transaction((trx) => append(trx, amount));
}

export async function untilSettled({ ledger }: Place): Promise<void> {
  await waitFor('every event to be settled', async () => (await ledger.lag()).events === 0, {
    timeoutMs: 40_000,
  });
}

async function pendingOf({ ledger }: Place, sellerId: string): Promise<bigint> {
  const { pending } = await ledger.wallet(sellerId, 'KRW');
  return money(pending, 'KRW').minor;
}
