import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type HoldRequest, type Ledger, money } from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
let database: TestDatabase;
let ledger: Ledger;
let now = new Date('2026-03-02T03:00:00Z');
let run = 0;
/** Accounts of the current test. */
let purse = '';
let shop = '';

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books', clock: () => now });
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

/** A purse with 1,000 won that may not go below zero, and a shop. */
beforeEach(async () => {
  now = new Date('2026-03-02T03:00:00Z');
  purse = `liabilities:purses:${++run}`;
  shop = `liabilities:shops:${run}`;
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: purse, type: 'liability', currency: 'KRW', floor: 0n },
    { code: shop, type: 'liability', currency: 'KRW' },
  ]);
  await pay(`fund-${run}`, 'assets:cash', purse, '1000');
});

const pay = (idempotencyKey: string, from: string, to: string, amount: string) =>
  ledger.post({
    idempotencyKey,
    kind: 'payment',
    lines: [debit(from, krw(amount)), credit(to, krw(amount))],
  });
const holdOf = (key: string, amount: string, overrides: Partial<HoldRequest> = {}): HoldRequest => ({
  idempotencyKey: `${key}-${run}`,
  kind: 'order',
  lines: [debit(purse, krw(amount)), credit(shop, krw(amount))],
  ...overrides,
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  );
async function posted(code: string): Promise<string | undefined> {
  return (await ledger.trialBalance()).rows.find(({ account }) => account === code)?.closing;
}
const part = (amount: string) => [debit(purse, krw(amount)), credit(shop, krw(amount))];

describe('hold', () => {
  it('posts nothing, and counts against the floor', async () => {
    await ledger.hold(holdOf('a', '700'));
    expect(await posted(purse)).toBe('1000');
    expect(await codeOf(ledger.hold(holdOf('b', '301')))).toBe('limit_exceeded');
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '301'))).toBe('limit_exceeded');
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '300'))).toBe('done');
  });

  it('holds what was checked, whatever its author does to the request meanwhile', async () => {
    const lines = part('100');
    const placing = ledger.transaction((writer) => {
      const placed = writer.hold(holdOf('a', '100', { lines }));
      lines.push(debit('assets:cash', krw('7')));
      return placed;
    });
    expect((await ledger.getHold((await placing).holdId)).lines).toHaveLength(2);
  });

  it('does not let what another hold would bring be spent', async () => {
    await ledger.openAccounts([{ code: `${purse}:b`, type: 'liability', currency: 'KRW', floor: 0n }]);
    await ledger.hold(
      holdOf('a', '700', { lines: [debit(purse, krw('700')), credit(`${purse}:b`, krw('700'))] }),
    );
    expect(await codeOf(pay(`spend-${run}`, `${purse}:b`, shop, '1'))).toBe('limit_exceeded');
  });

  it('gives the first result for the same key and body, and a conflict for another body', async () => {
    const first = await ledger.hold(holdOf('a', '700'));
    expect(await ledger.hold(holdOf('a', '700'))).toEqual({ ...first, replayed: true });
    expect(await codeOf(ledger.hold(holdOf('a', '701')))).toBe('idempotency_conflict');
    const later = new Date(now.getTime() + 60_000);
    expect(await codeOf(ledger.hold(holdOf('a', '700', { expiresAt: later })))).toBe('idempotency_conflict');
  });

  it('lets one of many concurrent twins win', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => ledger.hold(holdOf('a', '700'))));
    expect(new Set(all.map(({ holdId }) => holdId)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('never holds more than there is, under concurrency', async () => {
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => codeOf(ledger.hold(holdOf(`c${index}`, '300')))),
    );
    expect(codes.filter((code) => code === 'done')).toHaveLength(3);
  });

  it.each([
    [
      'no account',
      { lines: [debit('assets:none', krw('1')), credit('assets:cash', krw('1'))] },
      'account_unknown',
    ],
    ['one line', { lines: [debit('assets:cash', krw('1'))] }, 'entry_malformed'],
    [
      'sides that differ',
      { lines: [debit('assets:cash', krw('1')), credit('assets:cash', krw('2'))] },
      'entry_unbalanced',
    ],
    ['an expiry that is past', { expiresAt: new Date(0) }, 'entry_malformed'],
    ['an expiry that is no date', { expiresAt: new Date(Number.NaN) }, 'entry_malformed'],
    ['an expiry beyond what MySQL holds', { expiresAt: new Date(8.64e15) }, 'entry_malformed'],
  ])('refuses %s', async (_name, overrides, code) => {
    expect(await codeOf(ledger.hold(holdOf('bad', '1', overrides)))).toBe(code);
  });

  it('passes a limit on the record only', async () => {
    const limitOverride = { by: 'kim', reason: 'goodwill' };
    expect(await codeOf(ledger.hold(holdOf('a', '1001')))).toBe('limit_exceeded');
    expect(await codeOf(ledger.hold(holdOf('a', '1001', { limitOverride })))).toBe('done');
  });
});

describe('capture', () => {
  it('posts all that is held, and closes the hold', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    const capture = await ledger.capture({ holdId, idempotencyKey: `cap-${run}` });
    expect(capture).toMatchObject({ holdStatus: 'captured', replayed: false });
    expect([await posted(purse), await posted(shop)]).toEqual(['300', '700']);
    expect(await ledger.getHold(holdId)).toMatchObject({
      status: 'captured',
      lines: [{ remaining: 0n }, { remaining: 0n }],
    });
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `more-${run}` }))).toBe('hold_closed');
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '300'))).toBe('done');
  });

  it('tells both fingerprints of a key that was used for other lines, whatever those are', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    const idempotencyKey = `twice-${run}`;
    await ledger.capture({ holdId, idempotencyKey, lines: part('200') });
    await expect(ledger.capture({ holdId, idempotencyKey, lines: part('201') })).rejects.toMatchObject({
      code: 'idempotency_conflict',
      details: { fingerprint: expect.any(String), firstFingerprint: expect.any(String) },
    });
    const unbalanced = ledger.capture({ holdId, idempotencyKey, lines: part('200').slice(1) });
    expect(await codeOf(unbalanced)).toBe('idempotency_conflict');
  });

  it('captures in parts, never more than was held', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    await ledger.capture({ holdId, idempotencyKey: `one-${run}`, lines: part('200') });
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `two-${run}`, lines: part('501') }))).toBe(
      'hold_exceeded',
    );
    expect(await ledger.getHold(holdId)).toMatchObject({
      status: 'open',
      lines: [{ remaining: 500n }, { remaining: 500n }],
    });
    const last = await ledger.capture({
      holdId,
      idempotencyKey: `two-${run}`,
      lines: part('100'),
      final: true,
    });
    expect(last.holdStatus).toBe('captured');
    expect([await posted(purse), await posted(shop)]).toEqual(['700', '300']);
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '700'))).toBe('done');
  });

  it('gives the first result for the same key, also once the hold is closed', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    const first = await ledger.capture({ holdId, idempotencyKey: `cap-${run}` });
    expect(await ledger.capture({ holdId, idempotencyKey: `cap-${run}` })).toEqual({
      ...first,
      replayed: true,
    });
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `cap-${run}`, lines: part('1') }))).toBe(
      'idempotency_conflict',
    );
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `fund-${run}` }))).toBe(
      'idempotency_conflict',
    );
  });

  it('lets racing captures take no more than was held', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    const codes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        codeOf(ledger.capture({ holdId, idempotencyKey: `race-${run}-${index}`, lines: part('200') })),
      ),
    );
    expect(codes.sort()).toEqual(['done', 'done', 'done', 'hold_exceeded', 'hold_exceeded', 'hold_exceeded']);
  });

  it('refuses an unknown hold and lines that were not held', async () => {
    expect(
      await codeOf(ledger.capture({ holdId: `hld_${'0'.repeat(32)}`, idempotencyKey: `x-${run}` })),
    ).toBe('hold_unknown');
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    const lines = [debit(shop, krw('1')), credit(purse, krw('1'))];
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `x-${run}`, lines }))).toBe('hold_exceeded');
  });
});

describe('release and expiry', () => {
  it('gives back what was held, once', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    expect(await ledger.release(holdId)).toBe('released');
    expect(await ledger.release(holdId)).toBe('released');
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `x-${run}` }))).toBe('hold_closed');
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '1000'))).toBe('done');
  });

  it('refuses to release what was captured', async () => {
    const { holdId } = await ledger.hold(holdOf('a', '700'));
    await ledger.capture({ holdId, idempotencyKey: `cap-${run}` });
    expect(await codeOf(ledger.release(holdId))).toBe('hold_closed');
  });

  it('expires by the clock, before the job has come round', async () => {
    const expiresAt = new Date(now.getTime() + 60_000);
    const { holdId } = await ledger.hold(holdOf('a', '700', { expiresAt }));
    expect(await ledger.expireHolds()).toEqual([]);
    now = expiresAt;
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `x-${run}` }))).toBe('hold_closed');
    expect(await ledger.expireHolds()).toEqual([holdId]);
    expect(await ledger.release(holdId)).toBe('expired');
    expect(await codeOf(pay(`spend-${run}`, purse, shop, '1000'))).toBe('done');
  });

  it('lets either the capture or the expiry win', async () => {
    const expiresAt = new Date(now.getTime() + 60_000);
    const { holdId } = await ledger.hold(holdOf('a', '700', { expiresAt }));
    const capture = codeOf(ledger.capture({ holdId, idempotencyKey: `race-${run}` }));
    now = expiresAt;
    const [captured, expired] = await Promise.all([capture, ledger.expireHolds()]);
    expect(captured === 'done' ? 0 : 1).toBe(expired.length);
  });
});

describe('a transaction of several', () => {
  it('places and captures holds all together, or not at all', async () => {
    const failed = ledger.transaction(async (writer) => {
      const { holdId } = await writer.hold(holdOf('a', '400'));
      await writer.capture({ holdId, idempotencyKey: `a-${run}` });
      await writer.hold(holdOf('b', '601'));
    });
    expect(await codeOf(failed)).toBe('limit_exceeded');
    expect(await posted(purse)).toBe('1000');
    await ledger.transaction(async (writer) => {
      const { holdId } = await writer.hold(holdOf('a', '400'));
      await writer.capture({ holdId, idempotencyKey: `a-${run}` });
      await writer.hold(holdOf('b', '600'));
    });
    expect(await posted(purse)).toBe('600');
  });
});
