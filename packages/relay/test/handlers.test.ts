import {
  createHandlers,
  createLedger,
  credit,
  debit,
  type Ledger,
  type LedgerNotice,
  money,
  type NewEvent,
  type StoredLetter,
} from '@jangbu/ledger-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { createRelay, EmbeddedSource, type EventHandler, type Relay } from '../src/index.ts';

const CONSUMER = 'shipping';
interface Shipped {
  readonly parcel: string;
  readonly fee: string;
}

let database: TestDatabase;
let ledger: Ledger;
let relay: Relay | undefined;
let run = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.admin.raw('CREATE TABLE parcels (id VARCHAR(64) NOT NULL PRIMARY KEY, fee INT NOT NULL)');
  const user = new URL(database.runtimeUrl).username;
  await database.admin.raw(`GRANT SELECT, INSERT ON parcels TO ?@'%'`, [user]);
  ledger = await createLedger({ knex: database.runtime, name: 'shipping' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:fees', type: 'revenue', currency: 'KRW' },
  ]);
});
beforeEach(() => {
  run += 1;
});
afterEach(async () => {
  await relay?.stop();
  const { findings } = await ledger.verify({ consumer: CONSUMER, lagAllowanceMs: 0 });
  expect(findings).toEqual([]);
});
afterAll(() => database.drop());

const ship: EventHandler<Shipped> = async ({ eventId, payload: { parcel, fee } }, books, trx) => {
  await trx.raw('INSERT INTO parcels (id, fee) VALUES (?, ?)', [parcel, fee]);
  const amount = money(fee, 'KRW');
  await books.post({
    idempotencyKey: `fee:${parcel}`,
    kind: 'fee',
    eventId,
    lines: [debit('assets:cash', amount), credit('revenue:fees', amount)],
  });
  if (parcel.includes('lost')) throw new Error('the parcel is lost');
};

describe('relay.on', () => {
  it('applies an event once, in tables of one’s own and in the books, although it comes twice', async () => {
    const notices: LedgerNotice[] = [];
    const unwatch = ledger.watch((notice) => notices.push(notice));
    await write([shipped('a'), shipped('b')]);
    await relayed(newRelay().on('ParcelShipped', 1, ship));
    await relay?.stop();
    await database.admin.raw('DELETE FROM consumer_offsets');
    await relayed(newRelay().on('ParcelShipped', 1, ship));
    unwatch();
    expect(await parcels()).toEqual(['a', 'b']);
    expect(await fees()).toBe(6_000n);
    expect(notices.filter(({ type }) => type === 'entry_posted')).toHaveLength(2);
  });

  it('undoes what a handler wrote before it failed, parks the event and its successors, and applies the rest', async () => {
    const notices: LedgerNotice[] = [];
    const unwatch = ledger.watch((notice) => notices.push(notice));
    const before = await fees();
    await write([shipped('lost', 'k'), shipped('after', 'k'), shipped('other')]);
    await relayed(newRelay().on('ParcelShipped', 1, ship));
    unwatch();
    expect(await parcels()).toEqual(['other']);
    expect((await fees()) - before).toBe(3_000n);
    expect(notices.map(({ type }) => type).sort()).toEqual(['entry_posted', 'event_parked', 'event_parked']);
    expect(await letters()).toMatchObject([
      { reasonCode: 'event_unappliable', reason: expect.stringContaining('the parcel is lost') },
      { reasonCode: 'event_behind_dead_letter' },
    ]);
  });

  it('keeps the order of a key between events with plans and events that are worked on', async () => {
    const seen: string[] = [];
    const note = (name: string) => seen.push(name);
    const handlers = createHandlers().on('Planned', 1, ({ aggregateId }) => {
      note(`planned ${aggregateId}`);
      if (aggregateId.endsWith('bad')) throw new Error('no');
      return { accounts: [], entries: [] };
    });
    const planned = (key: string): NewEvent => ({ ...shipped('p', key), eventType: 'Planned' });
    await write([planned('x'), shipped('x1', 'x'), planned('x'), planned('bad'), shipped('x2', 'bad')]);
    const worked = newRelay(handlers).on('ParcelShipped', 1, async ({ aggregateId }) => {
      note(`worked ${aggregateId}`);
    });
    await relayed(worked);
    const key = (name: string) => `${run}-${name}`;
    expect(seen).toEqual([
      `planned ${key('x')}`,
      `worked ${key('x')}`,
      `planned ${key('x')}`,
      `planned ${key('bad')}`,
    ]);
    expect((await letters()).map(({ event }) => event.eventType)).toEqual(['Planned', 'ParcelShipped']);
  });

  it('parks an unknown type and an unknown version, and says what it knows', async () => {
    await write([
      { ...shipped('v'), eventVersion: 2 },
      { ...shipped('t'), eventType: 'ParcelLost' },
      shipped('fine'),
    ]);
    await relayed(newRelay().on('ParcelShipped', 1, ship));
    expect(await parcels()).toEqual(['fine']);
    expect((await letters()).map(({ reason }) => reason)).toEqual([
      'There is no handler for ParcelShipped v2; there are for: ParcelShipped v1.',
      'There is no handler for ParcelLost v1; there are for: ParcelShipped v1.',
    ]);
  });

  it('passes by aggregates of other consumers, where it is told which are its own', async () => {
    await write([{ ...shipped('theirs'), aggregateType: 'invoice', eventType: 'Invoiced' }, shipped('mine')]);
    const handlers = createHandlers({ aggregateTypes: ['parcel'] });
    await relayed(newRelay(handlers).on('ParcelShipped', 1, ship));
    expect(await parcels()).toEqual(['mine']);
    expect(await letters()).toEqual([]);
  });

  it('refuses a second handler of a type and version, and one that comes late', async () => {
    const made = newRelay().on('ParcelShipped', 1, ship).on('ParcelShipped', 2, ship);
    expect(() => made.on('ParcelShipped', 1, ship)).toThrow(
      expect.objectContaining({ code: 'handler_conflict' }),
    );
    await relayed(made);
    expect(() => made.on('ParcelShipped', 3, ship)).toThrow(/before the relay is started/);
  });

  it('tries a letter again by hand with the same handlers', async () => {
    let isMended = false;
    await write([shipped('again')]);
    const made = newRelay().on<Shipped>('ParcelShipped', 1, async (event, books, trx) => {
      if (!isMended) throw new Error('not yet');
      await ship(event, books, trx);
    });
    await relayed(made);
    const [letter] = await letters();
    isMended = true;
    const decision = { by: 'kim', reason: 'mended' };
    await ledger.retryDeadLetter(made.handlers, letter?.event.eventId ?? '', decision, CONSUMER);
    expect(await parcels()).toEqual(['again']);
  });

  it('applies nothing of a batch whose transaction a handler has ended', async () => {
    await write([shipped('ends')]);
    const troubles: unknown[] = [];
    let tries = 0;
    const made = newRelay(undefined, (error) => troubles.push(error));
    made.on<Shipped>('ParcelShipped', 1, async (event, books, trx) => {
      tries += 1;
      // As MySQL does by itself at a deadlock, whose error a handler may have swallowed.
      if (tries === 1) await trx.raw('ROLLBACK');
      else await ship(event, books, trx);
    });
    await relayed(made);
    expect(tries).toBe(2);
    expect(troubles).toMatchObject([{ errno: 1305 }]);
    expect(await parcels()).toEqual(['ends']);
  });
});

function newRelay(handlers = createHandlers(), onTrouble?: (error: unknown) => void): Relay {
  return createRelay({
    ledger,
    knex: database.runtime,
    source: new EmbeddedSource({ knex: database.runtime, ledgerId: ledger.ledgerId, consumer: CONSUMER }),
    handlers,
    consumer: CONSUMER,
    ...(onTrouble === undefined ? {} : { onTrouble: (_message, error) => onTrouble(error) }),
  });
}

async function relayed(made: Relay): Promise<void> {
  relay = made;
  await made.start();
  await waitFor('every event to be applied', async () => (await ledger.lag(CONSUMER)).events === 0);
}

function shipped(parcel: string, key = parcel): NewEvent {
  return {
    aggregateType: 'parcel',
    aggregateId: `${run}-${key}`,
    eventType: 'ParcelShipped',
    eventVersion: 1,
    payload: { parcel: `${run}-${parcel}`, fee: '3000' },
  };
}

async function write(events: readonly NewEvent[]): Promise<void> {
  await ledger.transaction((writer) => writer.appendEvents(events));
}

async function parcels(): Promise<string[]> {
  const ids: string[] = await database.admin('parcels').orderBy('id').pluck('id');
  return ids.filter((id) => id.startsWith(`${run}-`)).map((id) => id.slice(`${run}-`.length));
}

async function letters(): Promise<StoredLetter[]> {
  const all = await ledger.deadLetters({ consumer: CONSUMER });
  return all.filter(({ event }) => event.aggregateId.startsWith(`${run}-`));
}

async function fees(): Promise<bigint> {
  const { rows } = await ledger.trialBalance();
  return BigInt(rows.find(({ account }) => account === 'revenue:fees')?.closing ?? 0);
}
