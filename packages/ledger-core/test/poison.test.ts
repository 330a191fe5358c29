import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  createHandlers,
  createLedger,
  credit,
  type DeliveredEvent,
  debit,
  type Handlers,
  type Ledger,
  lastSeq,
  money,
  openDatabase,
  readEvents,
} from '../src/index.ts';

const CONSUMER = 'settlement';
let database: TestDatabase;
let ledger: Ledger;
let handlers: Handlers;
let run = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
  // A rule that only MySQL knows, as a column that is too short, or a check that somebody added.
  await database.admin.raw(
    `ALTER TABLE inbox ADD CONSTRAINT no_poison CHECK (source_offset <> 666 AND source_offset <> 667)`,
  );
});
beforeEach(() => {
  run += 1;
  handlers = createHandlers().on('Sold', 1, ({ eventId }) => ({
    accounts: [],
    entries: [
      {
        idempotencyKey: eventId,
        kind: 'sale',
        lines: [debit('assets:cash', money('7', 'KRW')), credit('revenue:sales', money('7', 'KRW'))],
      },
    ],
  }));
});
afterAll(async () => {
  try {
    expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
  } finally {
    await database.drop();
  }
});

describe('a batch with an event that breaks its transaction', () => {
  it('applies all but that event and what stands behind it, which are parked in order', async () => {
    const poison = 137;
    const keyOf = (index: number) => (index % 50 === poison % 50 ? 'poisoned' : `clean-${index}`);
    const events = (await sales(300, keyOf)).map((event, index) => ({
      ...event,
      offset: index === poison ? 666n : 0n,
    }));
    const behind = events.filter(({ aggregateId }, index) => aggregateId === 'poisoned' && index > poison);
    expect(behind).toHaveLength(3);

    const { queries, result } = await watching(() => apply(events));
    expect(result).toMatchObject({ applied: 296, parked: 4 });
    // One look into the savepoint per attempt: the whole, and two halves for each of log2(300) levels.
    const attempts = queries.filter((sql) => sql.startsWith('SAVEPOINT')).length;
    expect(attempts).toBeLessThanOrEqual(1 + 2 * 9);
    expect(attempts).toBeGreaterThan(2);

    const letters = await lettersOf(events);
    expect(letters.map(({ event }) => event.eventId)).toEqual(
      [events[poison], ...behind].map((event) => event?.eventId),
    );
    expect(letters[0]).toMatchObject({
      reasonCode: 'event_unappliable',
      reason: expect.stringMatching(/no_poison.*\(3819\)$/),
      attempts: 1,
      event: { payload: '{"amount":"7"}', headers: { trace: 'abc' } },
    });
    expect(letters[1]?.reasonCode).toBe('event_behind_dead_letter');
  });

  it('parks what comes of the key in later batches, and finds several poison events at once', async () => {
    const [first, second, ...rest] = await sales(40);
    if (first === undefined || second === undefined) throw new Error('No events.');
    expect(await apply([...rest, { ...first, offset: 666n }, { ...second, offset: 667n }])).toMatchObject({
      applied: 38,
      parked: 2,
    });
    const [later] = await sales(1, () => first.aggregateId);
    if (later === undefined) throw new Error('No event.');
    expect(await apply([later])).toMatchObject({ parked: 1 });
  });

  it('keeps the order of a key whose first event is refused by its handler, and not by MySQL', async () => {
    const keyOf = (index: number) =>
      index === 0 || index === 9 ? `refused-${run}` : `clean-${run}-${index}`;
    const events = (await sales(10, keyOf)).map((event, index) => ({
      ...event,
      ...(index === 0 ? { eventVersion: 2 } : {}),
      ...(index === 5 ? { offset: 666n } : {}),
    }));
    expect(await apply(events)).toMatchObject({ applied: 7, parked: 3 });
    expect((await lettersOf(events)).map(({ reasonCode }) => reasonCode)).toEqual([
      'event_unhandled',
      'event_unappliable',
      'event_behind_dead_letter',
    ]);
  });

  it('takes no savepoint where no event breaks it', async () => {
    const events = await sales(20);
    const { queries, result } = await watching(() => apply(events));
    expect(result).toMatchObject({ applied: 20, parked: 0 });
    expect(queries.filter((sql) => sql.startsWith('SAVEPOINT'))).toEqual([]);
  });

  it('is tried again by hand to where it breaks', async () => {
    const [event] = await sales(1);
    if (event === undefined) throw new Error('No event.');
    await apply([{ ...event, offset: 666n }]);
    const result = await ledger.retryDeadLetter(refuseAll(), event.eventId, { by: 'kim', reason: 'again' });
    expect(result).toMatchObject({ applied: [], failed: { eventId: event.eventId } });
    expect(
      await ledger.retryDeadLetter(handlers, event.eventId, { by: 'kim', reason: 'mended' }),
    ).toMatchObject({ applied: [event.eventId], failed: null });
  });
});

describe('a server that takes no writes', () => {
  it('parks nothing, and is left for a connection that does', async () => {
    const knex = openDatabase({ url: database.runtimeUrl, poolSize: 1 });
    try {
      const other = await createLedger({ knex, name: 'books' });
      const events = await sales(10);
      await knex.raw('SET SESSION TRANSACTION READ ONLY');
      await expect(apply(events, other)).rejects.toMatchObject({ code: 'database_read_only' });
      expect(await apply(events, other)).toMatchObject({ applied: 10, parked: 0 });
    } finally {
      await knex.destroy();
    }
  });

  it('parks nothing where a grant is missing', async () => {
    const user = new URL(database.runtimeUrl).username;
    await database.admin.raw(`REVOKE INSERT ON journal_lines FROM ?@'%'`, [user]);
    const events = await sales(3);
    try {
      await expect(apply(events)).rejects.toMatchObject({ errno: 1142 });
    } finally {
      await database.admin.raw(`GRANT INSERT ON journal_lines TO ?@'%'`, [user]);
    }
    expect(await apply(events)).toMatchObject({ applied: 3, parked: 0 });
  });
});

/** Events of the outbox, each of a key of its own unless `keyOf` says otherwise. */
async function sales(count: number, keyOf = (index: number) => `${run}-${index}`): Promise<DeliveredEvent[]> {
  const before = await lastSeq(database.runtime);
  await ledger.transaction((writer) =>
    writer.appendEvents(
      Array.from({ length: count }, (_, index) => ({
        aggregateType: 'sale',
        aggregateId: keyOf(index),
        eventType: 'Sold',
        eventVersion: 1,
        payload: { amount: '7' },
        headers: { trace: 'abc' },
      })),
    ),
  );
  const events = await readEvents(database.runtime, before + 1n, count);
  return events.map((event) => ({ ...event, offset: 0n }));
}

function apply(events: readonly DeliveredEvent[], into = ledger) {
  return into.applyBatches(handlers, [
    { consumer: CONSUMER, topic: 'test', partition: 0, events, fromOffset: 0n, nextOffset: 0n },
  ]);
}

async function lettersOf(events: readonly DeliveredEvent[]) {
  const ids = new Set(events.map(({ eventId }) => eventId));
  return (await ledger.deadLetters()).filter(({ event }) => ids.has(event.eventId));
}

function refuseAll(): Handlers {
  return createHandlers().on('Sold', 1, () => {
    throw new Error('still no');
  });
}

async function watching<T>(work: () => Promise<T>): Promise<{ queries: string[]; result: T }> {
  const queries: string[] = [];
  const note = ({ sql }: Knex.Sql & { sql: string }) => queries.push(sql);
  database.runtime.on('query', note);
  try {
    return { result: await work(), queries };
  } finally {
    database.runtime.off('query', note);
  }
}
