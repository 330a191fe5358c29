import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type EntryId, type Ledger, money } from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
const usd = (amount: string) => money(amount, 'USD');
let now = new Date('2026-05-01T03:04:05.678Z');
let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books', clock: () => now });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'assets:dollars', type: 'asset', currency: 'USD', ceiling: 0n },
    { code: 'revenue:abroad', type: 'revenue', currency: 'USD' },
  ]);
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

describe('getEntry', () => {
  it('gives an entry as it was posted, its lines in their order', async () => {
    const entry = {
      idempotencyKey: '키-1 🥬',
      kind: 'sale',
      description: `배추김치 🥬 ? \\? ?? :name '"\u0000\n\r\u001a\t%_-- ;`,
      effectiveAt: new Date('2026-04-30T23:59:59.999Z'),
      eventId: undefined,
      limitOverride: { by: '김', reason: '오픈 행사' },
      metadata: { z: [1, { b: null }], a: '가' },
      lines: [
        credit('revenue:abroad', usd('0.07')),
        debit('assets:cash', krw('36000')),
        debit('assets:dollars', usd('0.07')),
        credit('revenue:sales', krw('36000')),
      ],
    };
    const { eventId: _none, ...given } = entry;
    const { entryId } = await ledger.post(given);
    const expected = {
      ...given,
      entryId,
      bookedAt: now,
      reverses: null,
      reversedBy: [],
      captures: null,
      eventId: null,
    };
    expect(await ledger.getEntry(entryId)).toEqual(expected);
    expect(await ledger.findEntryByKey('키-1 🥬')).toEqual(expected);
  });

  it('leads from an entry to what reverses it and back, and from a capture to its hold', async () => {
    const lines = [debit('assets:cash', krw('10')), credit('revenue:sales', krw('10'))];
    const { entryId } = await ledger.post({ idempotencyKey: 'first', kind: 'sale', lines });
    const part = [credit('assets:cash', krw('4')), debit('revenue:sales', krw('4'))];
    const one = await ledger.reverse({ entryId, idempotencyKey: 'reversal-1', lines: part });
    now = new Date(now.getTime() + 1);
    const two = await ledger.reverse({ entryId, idempotencyKey: 'reversal-2' });
    expect(await ledger.getEntry(entryId)).toMatchObject({ reversedBy: [one.entryId, two.entryId] });
    expect(await ledger.getEntry(two.entryId)).toMatchObject({ reverses: entryId, reversedBy: [] });
    const { holdId } = await ledger.hold({ idempotencyKey: 'hold', kind: 'sale', lines });
    const captured = await ledger.capture({ holdId, idempotencyKey: 'capture' });
    expect(await ledger.getEntry(captured.entryId)).toMatchObject({ captures: holdId, metadata: null });
  });

  it.each([
    [`ent_${'0'.repeat(32)}`, 'entry_unknown'],
    ['ent_', 'entry_malformed'],
    ["ent_' OR 1=1", 'entry_malformed'],
    [null, 'entry_malformed'],
  ])('refuses %p', async (entryId, code) => {
    await expect(ledger.getEntry(entryId as EntryId)).rejects.toMatchObject({ code });
  });
});

describe('findEntryByKey', () => {
  it('finds nothing under a key that was not used, or not posted', async () => {
    const lines = [debit('assets:dollars', usd('1')), credit('revenue:abroad', usd('1'))];
    await expect(ledger.post({ idempotencyKey: 'refused', kind: 'sale', lines })).rejects.toMatchObject({
      code: 'limit_exceeded',
    });
    expect(await ledger.findEntryByKey('refused')).toBeUndefined();
    expect(await ledger.findEntryByKey('k'.repeat(500))).toBeUndefined();
  });

  it('tells keys apart that differ in case, or in spaces at their end', async () => {
    const lines = [debit('assets:cash', krw('1')), credit('revenue:sales', krw('1'))];
    const keys = ['key', 'Key', 'key ', ' key', 'ｋｅｙ', 'ké', 'ke\u0301'];
    const posted = await ledger.postBatch(
      keys.map((idempotencyKey) => ({ idempotencyKey, kind: 'sale', lines })),
    );
    expect(posted.map(({ status }) => status)).toEqual(keys.map(() => 'posted'));
    for (const key of keys) {
      expect(await ledger.findEntryByKey(key)).toMatchObject({ idempotencyKey: key });
      await expect(ledger.hold({ idempotencyKey: key, kind: 'sale', lines })).resolves.toMatchObject({
        replayed: false,
      });
    }
  });

  it.each([[null], [7], [{ idempotency_key: 'key' }], [['key']]])('refuses %p', async (key) => {
    await expect(ledger.findEntryByKey(key as never)).rejects.toMatchObject({ code: 'query_malformed' });
  });
});
