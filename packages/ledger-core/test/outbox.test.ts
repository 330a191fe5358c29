import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, type Ledger, readEvents, readEventsAt } from '../src/index.ts';

let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  const event = { aggregateType: 'payment', aggregateId: 'one', eventType: 'Counted', eventVersion: 1 };
  await database.runtime.transaction((trx) =>
    ledger
      .within(trx)
      .appendEvents(Array.from({ length: 120 }, (_, count) => ({ ...event, payload: { count } }))),
  );
});
afterAll(async () => {
  await database.drop();
});

describe('the outbox', () => {
  it('is read by the number of the seq, not by its digits', async () => {
    const seqs = (await readEvents(database.runtime, 1n, 50)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => BigInt(index + 1)));
    const chosen = (await readEventsAt(database.runtime, [100n, 9n, 20n])).map(({ seq }) => seq);
    expect(chosen).toEqual([9n, 20n, 100n]);
  });

  const append = (payload: unknown, given: unknown = {}) =>
    database.runtime.transaction((trx) =>
      ledger.within(trx).appendEvents([
        {
          aggregateType: 'a',
          aggregateId: 'b',
          eventType: 'C',
          eventVersion: 1,
          ...(given as object),
          payload,
        } as never,
      ]),
    );

  it('takes what fits into a message of Kafka, which a longer event would stop', async () => {
    await append({ text: '김'.repeat(300_000) });
    await expect(append({ text: '김'.repeat(310_000) })).rejects.toMatchObject({
      code: 'event_malformed',
      details: { field: 'payload' },
    });
  });

  it.each([
    ['nothing', undefined],
    ['text', 'text'],
    ['a bigint', { amount: 5n }],
  ])('refuses %s for a payload', async (_, payload) => {
    await expect(append(payload)).rejects.toMatchObject({ code: 'event_malformed' });
  });
});
