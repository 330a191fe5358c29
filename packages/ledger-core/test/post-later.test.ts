import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  createHandlers,
  createLedger,
  credit,
  debit,
  ENTRY_REQUESTED,
  type Entry,
  type Ledger,
  type LedgerNotice,
  lastSeq,
  money,
  postRequestedEntry,
  readEvents,
} from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
const consumer = 'settlement';
let database: TestDatabase;
let ledger: Ledger;
let heard: LedgerNotice[];
let keys = 0;
let applied = 0n;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'liabilities:purse', type: 'liability', currency: 'KRW', floor: 0n },
  ]);
  ledger.watch((notice) => heard.push(notice));
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

const pay = (side: 'in' | 'out', amount: string): Entry => ({
  idempotencyKey: `pay-${++keys}`,
  kind: 'payment',
  description: '김치 🥬',
  effectiveAt: new Date('2026-01-05T00:00:00Z'),
  metadata: { note: 'later' },
  lines:
    side === 'in'
      ? [debit('assets:cash', krw(amount)), credit('liabilities:purse', krw(amount))]
      : [debit('liabilities:purse', krw(amount)), credit('assets:cash', krw(amount))],
});
const purse = async () =>
  (await ledger.trialBalance()).rows.find(({ account }) => account === 'liabilities:purse')?.closing ?? '0';

/** What the relay does with what the outbox holds. */
async function relay() {
  heard = [];
  const { eventType, eventVersion } = ENTRY_REQUESTED;
  const handlers = createHandlers().on(eventType, eventVersion, postRequestedEntry(ledger.name));
  const last = await lastSeq(database.runtime);
  const events = await readEvents(database.runtime, applied, 100);
  const result = await ledger.applyBatches(handlers, [
    {
      consumer,
      topic: 'test',
      partition: 0,
      events: events.map((event) => ({ ...event, offset: event.seq })),
      fromOffset: applied,
      nextOffset: last + 1n,
    },
  ]);
  applied = last + 1n;
  await new Promise(setImmediate);
  return result;
}

describe('postLater', () => {
  it('posts once the transaction has committed, exactly as it was asked for', async () => {
    const entry = pay('in', '500');
    await database.runtime.transaction((trx) => ledger.within(trx).postLater(entry));
    expect(await purse()).toBe('0');
    expect(await relay()).toMatchObject({ applied: 1, parked: 0 });
    expect(await purse()).toBe('500');
    expect(heard).toMatchObject([{ type: 'entry_posted', idempotencyKey: entry.idempotencyKey }]);
    expect(await ledger.post(entry)).toMatchObject({ replayed: true });
  });

  it('posts nothing when the transaction is rolled back', async () => {
    const rolledBack = database.runtime.transaction(async (trx) => {
      await ledger.within(trx).postLater(pay('in', '500'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await relay()).toMatchObject({ applied: 0 });
  });

  it('refuses at once what can be told from the entry alone', async () => {
    const entry = { ...pay('in', '500'), lines: [debit('assets:cash', krw('500'))] };
    const asked = database.runtime.transaction((trx) => ledger.within(trx).postLater(entry));
    await expect(asked).rejects.toMatchObject({ code: 'entry_malformed' });
  });

  it('sends what an account refuses to dead letters, with those of its order key, and tells watchers', async () => {
    const order = { orderKey: 'order-7' };
    await database.runtime.transaction(async (trx) => {
      const writer = ledger.within(trx);
      await writer.postLater(pay('out', '501'), order);
      await writer.postLater(pay('out', '1'), order);
      await writer.postLater(pay('out', '100'));
    });
    expect(await relay()).toMatchObject({ applied: 1, parked: 2 });
    expect(await purse()).toBe('400');
    expect(heard.filter(({ type }) => type === 'event_parked')).toMatchObject([
      { code: 'limit_exceeded', aggregateId: 'order-7' },
      { code: 'event_behind_dead_letter', aggregateId: 'order-7' },
    ]);
    expect(heard).toContainEqual(
      expect.objectContaining({ type: 'limit_reached', account: 'liabilities:purse', limit: 'floor' }),
    );
  });
});

describe('watch', () => {
  it('tells of a posting in a caller’s transaction when that has committed', async () => {
    heard = [];
    const entry = pay('in', '1');
    await database.runtime.transaction(async (trx) => {
      await ledger.within(trx).post(entry);
      await new Promise(setImmediate);
      expect(heard).toEqual([]);
    });
    await new Promise(setImmediate);
    expect(heard).toMatchObject([{ type: 'entry_posted', idempotencyKey: entry.idempotencyKey }]);
  });

  it('tells nothing of what was rolled back, nor after the watch has ended', async () => {
    heard = [];
    const rolledBack = database.runtime.transaction(async (trx) => {
      await ledger.within(trx).post(pay('in', '1'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    const others: LedgerNotice[] = [];
    const end = ledger.watch((notice) => others.push(notice));
    end();
    await ledger.post(pay('in', '1'));
    await new Promise(setImmediate);
    expect(heard).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it('tells of holds, from placing to expiry', async () => {
    heard = [];
    const request = { idempotencyKey: 'hold-1', kind: 'order', lines: pay('out', '10').lines };
    const { holdId } = await ledger.hold(request);
    await ledger.hold(request);
    const { entryId } = await ledger.capture({ holdId, idempotencyKey: 'capture-1' });
    const second = await ledger.hold({ ...request, idempotencyKey: 'hold-2' });
    await ledger.release(second.holdId);
    await new Promise(setImmediate);
    expect(heard.map(({ type }) => type)).toEqual([
      'hold_placed',
      'entry_posted',
      'hold_captured',
      'hold_placed',
      'hold_released',
    ]);
    expect(heard).toContainEqual({ type: 'hold_captured', holdId, entryId });
  });
});
