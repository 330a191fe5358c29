import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import {
  type AccountFilter,
  type AccountOpening,
  createLedger,
  credit,
  debit,
  type Entry,
  type Ledger,
  money,
} from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
const DECISION = { by: '김 회계사', reason: 'asked by the 감사팀 🥬' };
let database: TestDatabase;
let ledger: Ledger;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
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

/** An account of a test's own. */
async function openPurse(limits: { floor?: bigint; ceiling?: bigint } = {}): Promise<string> {
  const code = `liabilities:purse:${++keys}`;
  await ledger.openAccounts([{ code, type: 'liability', currency: 'KRW', ...limits }]);
  return code;
}
const payInto = (account: string, amount = '10'): Entry => ({
  idempotencyKey: `pay-${++keys}`,
  kind: 'payment',
  lines: [debit('assets:cash', krw(amount)), credit(account, krw(amount))],
});
const payOutOf = (account: string, amount = '10'): Entry => ({
  ...payInto(account, amount),
  lines: [debit(account, krw(amount)), credit('assets:cash', krw(amount))],
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  );

describe('opening an account', () => {
  it('keeps its name, limits and metadata', async () => {
    const metadata = { 지역: '서울', tags: ['b', 'a'], nested: { z: null, a: 1.5 }, '🥬': true };
    const code = 'liabilities:sellers:seoul';
    await ledger.openAccounts([
      { code, type: 'liability', currency: 'KRW', name: '서울 김치', floor: -5n, ceiling: 10n, metadata },
    ]);
    expect(await ledger.getAccount(code)).toEqual({
      accountId: expect.any(Number),
      code,
      name: '서울 김치',
      type: 'liability',
      currency: 'KRW',
      status: 'open',
      floor: -5n,
      ceiling: 10n,
      openedAt: expect.any(Date),
      metadata,
    });
    expect(await ledger.accountChanges(code)).toMatchObject([
      {
        number: 1,
        action: 'open',
        status: 'open',
        floor: -5n,
        ceiling: 10n,
        lastSequence: 0,
        decision: null,
      },
    ]);
  });

  it('changes nothing of one that is there, whatever its name, limits and metadata', async () => {
    const code = await openPurse({ floor: 0n });
    const before = await ledger.getAccount(code);
    await ledger.openAccounts([
      { code, type: 'liability', currency: 'KRW', name: 'other', floor: 7n, metadata: { other: true } },
    ]);
    expect(await ledger.getAccount(code)).toEqual(before);
    expect(await codeOf(ledger.openAccounts([{ code, type: 'asset', currency: 'KRW' }]))).toBe(
      'account_conflict',
    );
    expect(await codeOf(ledger.openAccounts([{ code, type: 'liability', currency: 'USD' }]))).toBe(
      'account_conflict',
    );
  });

  it('takes metadata up to 16 KiB and 99 levels', async () => {
    const text = 'a'.repeat(16 * 1024 - '{"text":""}'.length);
    const open = (metadata: Record<string, unknown>) =>
      codeOf(
        ledger.openAccounts([{ code: `assets:noted-${++keys}`, type: 'asset', currency: 'KRW', metadata }]),
      );
    expect(await open({ text })).toBe('done');
    expect(await open({ text: `${text}a` })).toBe('account_malformed');
    expect(await open(nested(99))).toBe('done');
    expect(await open(nested(100))).toBe('account_malformed');
  });

  it.each<[Record<string, unknown>, string]>([
    [{ name: '' }, 'account_malformed'],
    [{ name: 'n'.repeat(192) }, 'account_malformed'],
    [{ name: '\ud800' }, 'account_malformed'],
    [{ floor: 0 }, 'account_malformed'],
    [{ ceiling: 2n ** 63n }, 'account_malformed'],
    [{ floor: 2n, ceiling: 1n }, 'account_conflict'],
    [{ metadata: { rate: 1n } }, 'account_malformed'],
    [{ metadata: [] }, 'account_malformed'],
    [{ code: 'Assets' }, 'account_code_malformed'],
    [{ type: 'income' }, 'account_conflict'],
    [{ currency: 'WON' }, 'currency_unknown'],
  ])('with %p is refused, and opens none of the others', async (changes, code) => {
    const good: AccountOpening = { code: `assets:good-${++keys}`, type: 'asset', currency: 'KRW' };
    const bad = { ...good, code: `assets:bad-${keys}`, ...changes } as AccountOpening;
    expect(await codeOf(ledger.openAccounts([good, bad]))).toBe(code);
    expect(await codeOf(ledger.getAccount(good.code))).toBe('account_unknown');
  });
});

describe('freezing', () => {
  it('lets nothing be posted or held until it is lifted, and leaves a record of both', async () => {
    const code = await openPurse();
    await ledger.post(payInto(code));
    const { holdId } = await ledger.hold({ ...payOutOf(code, '3') });
    expect(await ledger.freezeAccount(code, DECISION)).toMatchObject({ code, status: 'frozen' });
    expect(await codeOf(ledger.post(payInto(code)))).toBe('account_frozen');
    expect(await codeOf(ledger.hold(payOutOf(code, '1')))).toBe('account_frozen');
    expect(await codeOf(ledger.capture({ holdId, idempotencyKey: `capture-${++keys}` }))).toBe(
      'account_frozen',
    );
    expect(await ledger.release(holdId)).toBe('released');
    expect(await ledger.unfreezeAccount(code, { ...DECISION, reason: 'settled' })).toMatchObject({
      status: 'open',
    });
    await ledger.post(payInto(code));
    expect(await ledger.accountChanges(code)).toEqual([
      change(2, 'unfreeze', 'open', { ...DECISION, reason: 'settled' }),
      change(1, 'freeze', 'frozen', DECISION),
    ]);
  });

  it('again changes nothing, and is not recorded twice', async () => {
    const code = await openPurse();
    await ledger.freezeAccount(code, DECISION);
    expect(await ledger.freezeAccount(code, DECISION)).toMatchObject({ status: 'frozen' });
    expect(await ledger.accountChanges(code)).toHaveLength(1);
  });

  it('leaves no trace when the caller rolls back', async () => {
    const code = await openPurse();
    await expect(
      ledger.transaction(async (writer) => {
        expect(await writer.freezeAccount(code, DECISION)).toMatchObject({ status: 'frozen' });
        expect(await writer.getAccount(code)).toMatchObject({ status: 'frozen' });
        throw new Error('thinks better');
      }),
    ).rejects.toThrow('thinks better');
    expect(await ledger.getAccount(code)).toMatchObject({ status: 'open' });
    expect(await ledger.accountChanges(code)).toEqual([]);
  });

  it('and posting at once: what is posted came before, and what came after is refused', async () => {
    const code = await openPurse();
    const outcomes: string[] = [];
    const post = async () => {
      for (let round = 0; round < 12; round++) outcomes.push(await codeOf(ledger.post(payInto(code))));
    };
    const joined = async () => {
      for (let round = 0; round < 12; round++)
        outcomes.push(await codeOf(ledger.transaction((writer) => writer.post(payInto(code)))));
    };
    const toggle = async () => {
      for (let round = 0; round < 6; round++) {
        await ledger.freezeAccount(code, DECISION);
        await ledger.unfreezeAccount(code, DECISION);
      }
      await ledger.freezeAccount(code, DECISION);
    };
    await Promise.all([post(), post(), joined(), joined(), toggle()]);
    expect([...new Set(outcomes)].sort()).toEqual(['account_frozen', 'done']);
    const changes = await ledger.accountChanges(code);
    expect(changes.map(({ number }) => number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    const posted = outcomes.filter((outcome) => outcome === 'done').length;
    expect(changes[0]).toMatchObject({ status: 'frozen', lastSequence: posted });
    expect(await ledger.balance(code)).toMatchObject({ posted: `${posted * 10}` });
  });
});

describe('closing', () => {
  it('is for an account that holds nothing, and can be taken back', async () => {
    const code = await openPurse();
    await ledger.post(payInto(code));
    await expect(ledger.closeAccount(code, DECISION)).rejects.toMatchObject({
      code: 'account_not_zero',
      details: { account: code, posted: '10', pendingIn: '0', pendingOut: '0' },
    });
    await ledger.post(payOutOf(code));
    const { holdId } = await ledger.hold(payInto(code));
    expect(await codeOf(ledger.closeAccount(code, DECISION))).toBe('account_not_zero');
    await ledger.release(holdId);
    expect(await ledger.closeAccount(code, DECISION)).toMatchObject({ status: 'closed' });
    expect(await codeOf(ledger.post(payInto(code)))).toBe('account_closed');
    expect(await codeOf(ledger.freezeAccount(code, DECISION))).toBe('account_closed');
    expect(await ledger.reopenAccount(code, DECISION)).toMatchObject({ status: 'open' });
    expect(await ledger.post(payInto(code))).toMatchObject({ replayed: false });
  });

  it('waits for a posting that is under way, and sees it', async () => {
    const code = await openPurse();
    const trx = await database.runtime.transaction();
    await ledger.within(trx).post(payInto(code));
    const closing = codeOf(ledger.closeAccount(code, DECISION));
    await untilSomebodyWaits();
    await trx.commit();
    expect(await closing).toBe('account_not_zero');
  });

  it('makes a posting wait that comes after it, and refuses it', async () => {
    const code = await openPurse();
    const trx = await database.runtime.transaction();
    await ledger.within(trx).closeAccount(code, DECISION);
    const posting = codeOf(ledger.post(payInto(code)));
    await untilSomebodyWaits();
    await trx.commit();
    expect(await posting).toBe('account_closed');
  });

  it('and posting at once never leaves money in a closed account', async () => {
    const closed = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const code = await openPurse();
        const [outcome] = await Promise.all([
          codeOf(ledger.closeAccount(code, DECISION)),
          codeOf(ledger.transaction((writer) => writer.post(payInto(code)))),
        ]);
        const [{ status }, { posted }] = await Promise.all([ledger.getAccount(code), ledger.balance(code)]);
        return `${outcome}: ${status} at ${posted}`;
      }),
    );
    for (const end of closed) expect(['done: closed at 0', 'account_not_zero: open at 10']).toContain(end);
  });
});

describe('setting limits', () => {
  it('holds from then on, and is recorded', async () => {
    const code = await openPurse();
    await ledger.post(payInto(code));
    expect(await ledger.setLimits(code, { floor: 0n, ceiling: 15n }, DECISION)).toMatchObject({
      floor: 0n,
      ceiling: 15n,
    });
    expect(await codeOf(ledger.post(payInto(code)))).toBe('limit_exceeded');
    expect(await codeOf(ledger.post(payOutOf(code, '11')))).toBe('limit_exceeded');
    await ledger.setLimits(code, { ceiling: null }, DECISION);
    expect(await codeOf(ledger.post(payInto(code)))).toBe('done');
    expect(await ledger.accountChanges(code, { limit: 1 })).toMatchObject([
      { number: 2, action: 'set_limits', floor: 0n, ceiling: null, decision: DECISION },
    ]);
  });

  it('at the edge of 64 bits', async () => {
    const code = await openPurse();
    const most = 2n ** 63n - 1n;
    await ledger.setLimits(code, { floor: -most, ceiling: most }, DECISION);
    expect(await ledger.getAccount(code)).toMatchObject({ floor: -most, ceiling: most });
  });

  it.each([
    ['an account that is not there', 'assets:nowhere', DECISION, 'account_unknown'],
    ['a malformed code', "a' OR 1=1", DECISION, 'account_code_malformed'],
    ['nobody', 'assets:cash', { by: '', reason: 'x' }, 'account_malformed'],
  ])('of %s is refused', async (_what, code, decision, error) => {
    expect(await codeOf(ledger.setLimits(code, { floor: 0n }, decision))).toBe(error);
  });
});

describe('the record of changes', () => {
  it('cannot be changed or deleted, and what is changed past it is found', async () => {
    const code = await openPurse({ floor: 0n });
    for (const sql of [
      'UPDATE account_changes SET number = 9 LIMIT 1',
      'DELETE FROM account_changes LIMIT 1',
    ]) {
      await expect(database.admin.raw(sql)).rejects.toMatchObject({ errno: 1644 });
      await expect(database.runtime.raw(sql)).rejects.toMatchObject({ errno: 1142 });
    }
    const { accountId } = await ledger.getAccount(code);
    const set = (sql: string) =>
      database.admin.raw(`UPDATE account_balances SET ${sql} WHERE account_id = ?`, [accountId]);
    for (const [change, back] of [
      ['floor = NULL', 'floor = 0'],
      ['ceiling = 5', 'ceiling = NULL'],
      ["status = 'closed'", "status = 'open'"],
    ] as const) {
      await set(change);
      expect((await ledger.verify()).findings).toMatchObject([{ invariant: 3, where: `account ${code}` }]);
      await set(back);
    }
    await ledger.freezeAccount(code, DECISION);
    await set("status = 'open'");
    await ledger.post(payInto(code));
    await set("status = 'frozen'");
    expect((await ledger.verify()).findings).toMatchObject([
      { invariant: 3, where: `account ${code}, change 2` },
    ]);
    await database.admin.raw('DROP TRIGGER account_changes_refuse_update');
    await database.admin.raw(
      'UPDATE account_changes SET last_sequence = 1 WHERE account_id = ? AND number = 2',
      [accountId],
    );
  });
});

describe('listAccounts', () => {
  const PREFIX = 'assets:listed:';
  beforeAll(async () => {
    await ledger.openAccounts([
      ...Array.from({ length: 25 }, (_, index) => ({
        code: `${PREFIX}${String(index).padStart(2, '0')}`,
        type: 'asset' as const,
        currency: index % 5 === 0 ? 'USD' : 'KRW',
        metadata: {
          tier: index % 2 === 0 ? 'gold' : 'silver',
          tags: [`t${index % 3}`],
          home: { city: '서울' },
        },
      })),
      { code: 'assets:listed', type: 'asset', currency: 'KRW' },
      { code: 'assets:listed-else', type: 'asset', currency: 'KRW' },
    ]);
    await ledger.freezeAccount(`${PREFIX}03`, DECISION);
  });
  const codes = async (filter: AccountFilter) =>
    (await ledger.listAccounts(filter)).accounts.map(({ code }) => code);
  const listed = (...numbers: number[]) => numbers.map((n) => `${PREFIX}${String(n).padStart(2, '0')}`);

  it('gives what begins with a prefix, in the order of codes, page after page', async () => {
    const first = await ledger.listAccounts({ prefix: PREFIX, limit: 10 });
    const second = await ledger.listAccounts({ prefix: PREFIX, limit: 10, after: first.after ?? '' });
    const third = await ledger.listAccounts({ prefix: PREFIX, limit: 10, after: second.after ?? '' });
    const all = [first, second, third].flatMap(({ accounts }) => accounts.map(({ code }) => code));
    expect(all).toEqual(listed(...Array(25).keys()));
    expect(third.after).toBeNull();
  });

  it('takes a prefix as it stands, colon or not', async () => {
    expect(await codes({ prefix: 'assets:listed', limit: 3 })).toEqual([
      'assets:listed',
      'assets:listed-else',
      `${PREFIX}00`,
    ]);
    expect(await codes({ prefix: `${PREFIX}24` })).toEqual(listed(24));
    expect(await codes({ prefix: 'assets:nothing' })).toEqual([]);
  });

  it('ends exactly, without an empty page', async () => {
    expect(await ledger.listAccounts({ prefix: PREFIX, limit: 25 })).toMatchObject({ after: null });
  });

  it.each<[AccountFilter, number[]]>([
    [{ status: 'frozen' }, [3]],
    [{ currency: 'USD' }, [0, 5, 10, 15, 20]],
    [{ type: 'liability' }, []],
    [{ metadata: { tier: 'gold', tags: ['t0'] } }, [0, 6, 12, 18, 24]],
    [{ metadata: { home: { city: '서울' } }, currency: 'USD', status: 'open' }, [0, 5, 10, 15, 20]],
    [{ metadata: { tier: "gold' OR 1=1" } }, []],
  ])('finds %p', async (filter, numbers) => {
    expect(await codes({ prefix: PREFIX, ...filter })).toEqual(listed(...numbers));
  });

  it.each<[Record<string, unknown>, string]>([
    [{ prefix: 'a%' }, 'query_malformed'],
    [{ prefix: 7 }, 'query_malformed'],
    [{ type: 'income' }, 'query_malformed'],
    [{ status: 'lost' }, 'query_malformed'],
    [{ currency: {} }, 'query_malformed'],
    [{ metadata: 'gold' }, 'query_malformed'],
    [{ limit: 0 }, 'query_malformed'],
    [{ limit: 1_001 }, 'query_malformed'],
    [{ after: 'assets:cash' }, 'cursor_malformed'],
    [{ after: '' }, 'cursor_malformed'],
  ])('refuses %p', async (filter, code) => {
    expect(await codeOf(ledger.listAccounts(filter as AccountFilter))).toBe(code);
  });
});

/** Until a statement waits for a lock in this database. */
async function untilSomebodyWaits(): Promise<void> {
  await waitFor('a statement that waits for a lock', async () => {
    const [rows] = await database.admin.raw(
      `SELECT COUNT(*) AS waiting FROM performance_schema.data_locks WHERE object_schema = ? AND lock_status = 'WAITING'`,
      [database.name],
    );
    return Number(rows[0].waiting) > 0;
  });
}

function change(number: number, action: string, status: string, decision: typeof DECISION) {
  return {
    number,
    action,
    status,
    floor: null,
    ceiling: null,
    lastSequence: 1,
    changedAt: expect.any(Date),
    decision,
  };
}

function nested(levels: number): Record<string, unknown> {
  return levels === 1 ? { leaf: true } : { inner: nested(levels - 1) };
}
