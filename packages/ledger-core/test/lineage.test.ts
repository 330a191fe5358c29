import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  createHandlers,
  createLedger,
  credit,
  debit,
  ENTRY_REQUESTED,
  type Ledger,
  money,
  type NewEvent,
  PAYMENT_CONFIRMED,
  paymentConfirmedEvent,
  postRequestedEntry,
  readEvents,
  settlePayment,
} from '../src/index.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const won = money('500', 'KRW');
let database: TestDatabase;
let ledger: Ledger;
let read = 1n;
/** Time passes between any two looks at it, so that nothing is found only because all of it took no time. */
let now = Date.now();
const clock = () => {
  now += 7;
  return new Date(now);
};

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books', clock });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

const payment = (paymentKey: string, amount = '36000') =>
  paymentConfirmedEvent(
    {
      paymentKey,
      orderId: `order-${paymentKey}`,
      currency: 'KRW',
      amount,
      approvedAt: '2026-03-01T03:00:00.000Z',
      shares: [
        { sellerId: '1', amount: '30000' },
        { sellerId: '2', amount: '6000' },
      ],
    },
    { traceparent },
  );

async function append(...events: NewEvent[]): Promise<string[]> {
  return database.runtime.transaction((trx) => ledger.within(trx).appendEvents(events));
}

/** Applies what the outbox holds as if it came from partition 2 of Kafka, at offsets ten times the seq. */
async function relay(): Promise<void> {
  const handlers = createHandlers()
    .on(PAYMENT_CONFIRMED.eventType, PAYMENT_CONFIRMED.eventVersion, settlePayment())
    .on(ENTRY_REQUESTED.eventType, ENTRY_REQUESTED.eventVersion, postRequestedEntry(ledger.name));
  const events = (await readEvents(database.runtime, read, 100)).map((event) => ({
    ...event,
    offset: event.seq * 10n,
  }));
  const next = (events.at(-1)?.seq ?? 0n) + 1n;
  const place = { consumer: 'settlement', topic: 'jangbu.payment', partition: 2 };
  await ledger.applyBatches(handlers, [{ ...place, events, fromOffset: 0n, nextOffset: next * 10n }]);
  read = next;
}

describe('trace', () => {
  it('finds the same way from each of its ends', async () => {
    const [eventId = ''] = await append(payment('pay-1'));
    await append(payment('pay-2'));
    await relay();
    const [lineage] = await ledger.trace(eventId);
    expect(lineage).toMatchObject({
      event: {
        seq: 1n,
        eventId,
        eventType: 'PaymentConfirmed',
        aggregateType: 'payment',
        aggregateId: 'pay-1',
        traceId: TRACE_ID,
      },
      applied: { topic: 'jangbu.payment', partition: 2, offset: 10n },
      deadLetter: null,
      entries: [
        { kind: 'settlement', idempotencyKey: `settlement:${eventId}:1` },
        { kind: 'settlement', idempotencyKey: `settlement:${eventId}:2` },
      ],
    });
    const entryId = lineage?.entries[1]?.entryId ?? 'ent_';
    for (const term of [
      '1',
      entryId,
      `settlement:${eventId}:1`,
      'jangbu.payment:2:10',
      'outbox:0:1',
      'pay-1',
      'order-pay-1',
    ])
      expect(await ledger.trace(term)).toEqual([lineage]);
    expect((await ledger.trace(TRACE_ID)).map(({ event }) => event?.seq)).toEqual([1n, 2n]);
    expect(await ledger.trace(traceparent)).toEqual(await ledger.trace(TRACE_ID));
    const { metadata } = await ledger.getEntry(entryId);
    expect(metadata).toMatchObject({ traceId: TRACE_ID });
  });

  it('finds an order’s events, whatever its id looks like, and no others', async () => {
    const orderId = '01a22cc3-83df-764e-98e8-33d7001117ca';
    const tricky = '100%_ "\\';
    await append(
      ...[orderId, tricky].map((id) => {
        const event = payment(`of ${id}`);
        return { ...event, payload: { ...event.payload, orderId: id } };
      }),
    );
    await relay();
    for (const id of [orderId, tricky])
      expect((await ledger.trace(id)).map(({ event }) => event?.aggregateId)).toEqual([`of ${id}`]);
    for (const id of ['01a22cc3-83df-764e-98e8-33d7001117cb', '100_', '%', 'order-pay', 'ORDER-pay-1'])
      expect(await ledger.trace(id)).toEqual([]);
  });

  it('says what is not applied yet, and why an event waits', async () => {
    const [waiting = ''] = await append(payment('pay-3'));
    expect(await ledger.trace(waiting)).toMatchObject([
      { event: { eventId: waiting }, applied: null, entries: [] },
    ]);
    const [wrong = ''] = await append(payment('pay-4', '1'));
    await relay();
    expect(await ledger.trace('pay-4')).toMatchObject([
      {
        event: { eventId: wrong },
        applied: null,
        deadLetter: { reasonCode: 'event_malformed', resolution: null },
      },
    ]);
    await ledger.discardDeadLetter(wrong, { by: 'kim', reason: 'a test' });
    expect(await ledger.trace(wrong)).toMatchObject([{ deadLetter: { resolution: 'discarded' } }]);
  });

  it('follows an entry that was posted later, and one that nobody asked the outbox for', async () => {
    const entry = {
      idempotencyKey: 'later-1',
      kind: 'sale',
      lines: [debit('assets:cash', won), credit('revenue:sales', won)],
    };
    await database.runtime.transaction((trx) => ledger.within(trx).postLater(entry));
    await relay();
    const later = await ledger.trace('later-1');
    expect(later).toMatchObject([
      { event: { eventType: 'EntryRequested' }, entries: [{ idempotencyKey: 'later-1' }] },
    ]);
    expect(await ledger.trace(later[0]?.entries[0]?.entryId ?? '')).toEqual(later);

    const { entryId } = await ledger.post({ ...entry, idempotencyKey: 'direct-1' });
    expect(await ledger.trace('direct-1')).toMatchObject([
      { event: null, applied: null, entries: [{ entryId }] },
    ]);
  });

  it.each([
    'no-such-payment',
    '999999',
    `ent_${'0'.repeat(32)}`,
    'jangbu.payment:2:11',
    'f'.repeat(32),
    "' OR '1'='1",
  ])('finds nothing for %s', async (term) => {
    expect(await ledger.trace(term)).toEqual([]);
  });
});
