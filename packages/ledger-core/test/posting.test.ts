import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type Entry, type Ledger, money } from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'assets:purse', type: 'asset', currency: 'KRW', floor: 0n, ceiling: 1_000n },
    { code: 'assets:dollars', type: 'asset', currency: 'USD' },
  ]);
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

let keys = 0;
function sale(amount: string, overrides: Partial<Entry> = {}): Entry {
  return {
    idempotencyKey: `sale-${++keys}`,
    kind: 'sale',
    lines: [debit('assets:cash', krw(amount)), credit('revenue:sales', krw(amount))],
    ...overrides,
  };
}
const rejection = (entry: Entry) =>
  ledger.post(entry).then(
    () => 'posted',
    (error) => error.code,
  );

describe('post', () => {
  it('posts a balanced entry and moves both balances', async () => {
    const before = await closing('assets:cash');
    const posted = await ledger.post(
      sale('36000', { description: '배추김치 🥬', metadata: { b: 1, a: [2] } }),
    );
    expect(posted).toMatchObject({ entryId: expect.stringMatching(/^ent_[0-9a-f]{32}$/), replayed: false });
    expect(await closing('assets:cash')).toBe(before + 36000n);
  });

  it('gives the first result when the same key and body come again', async () => {
    const entry = sale('10', { metadata: { x: 1, y: 2 } });
    const first = await ledger.post(entry);
    const again = await ledger.post({ ...entry, metadata: { y: 2, x: 1 } });
    expect(again).toEqual({ ...first, replayed: true });
  });

  it('refuses the same key with another body, and shows both fingerprints', async () => {
    const entry = sale('10');
    await ledger.post(entry);
    await expect(ledger.post({ ...entry, description: 'other' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
      details: { fingerprint: expect.any(String), firstFingerprint: expect.any(String) },
    });
  });

  it('lets one of many concurrent twins win, and gives the others its result', async () => {
    const entry = sale('77');
    const all = await Promise.all(Array.from({ length: 8 }, () => ledger.post(entry)));
    expect(new Set(all.map(({ entryId }) => entryId)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('lets one of two concurrent twins with other bodies and accounts win, and refuses the other', async () => {
    const entry = sale('5');
    const other = { ...entry, lines: [debit('assets:purse', krw('5')), credit('revenue:sales', krw('5'))] };
    const codes = await Promise.all([rejection(entry), rejection(other)]);
    expect(codes.sort()).toEqual(['idempotency_conflict', 'posted']);
  });

  it.each<[string, Partial<Entry>, string]>([
    [
      'does not balance',
      { lines: [debit('assets:cash', krw('2')), credit('revenue:sales', krw('1'))] },
      'entry_unbalanced',
    ],
    ['has one line', { lines: [debit('assets:cash', krw('2'))] }, 'entry_malformed'],
    [
      'names an unknown account',
      { lines: [debit('assets:nowhere', krw('2')), credit('revenue:sales', krw('2'))] },
      'account_unknown',
    ],
    [
      'has an injection for a code',
      { lines: [debit("a' OR 1=1", krw('2')), credit('revenue:sales', krw('2'))] },
      'account_code_malformed',
    ],
    [
      'is in another currency',
      { lines: [debit('assets:dollars', krw('2')), credit('revenue:sales', krw('2'))] },
      'currency_mismatch',
    ],
    [
      'passes a ceiling',
      { lines: [debit('assets:purse', krw('1001')), credit('revenue:sales', krw('1001'))] },
      'limit_exceeded',
    ],
    [
      'passes a floor',
      { lines: [debit('assets:cash', krw('1000')), credit('assets:purse', krw('1000'))] },
      'limit_exceeded',
    ],
    [
      'overflows a total',
      {
        lines: [
          debit('assets:cash', krw('9223372036854775807')),
          credit('revenue:sales', krw('9223372036854775807')),
        ],
      },
      'balance_overflow',
    ],
    ['has an empty key', { idempotencyKey: '' }, 'entry_malformed'],
    ['happened in no year', { effectiveAt: new Date(Number.NaN) }, 'entry_malformed'],
  ])('refuses an entry that %s', async (_why, overrides, code) => {
    expect(await rejection(sale('2', overrides))).toBe(code);
  });

  it.each([null, undefined, 'entry', {}, { lines: [null, null] }])(
    'refuses %p, and posts on',
    async (given) => {
      const entry = given as unknown as Entry;
      expect(await rejection(entry)).toBe('entry_malformed');
      const [bad, good] = await ledger.postBatch([entry, sale('1')]);
      expect([bad?.status, good?.status]).toEqual(['rejected', 'posted']);
    },
  );

  it('refuses what is no list of entries, and posts on', async () => {
    await expect(ledger.postLinked(null as unknown as Entry[])).rejects.toMatchObject({
      code: 'entry_malformed',
    });
    expect(await ledger.post(sale('1'))).toMatchObject({ replayed: false });
  });

  it('takes metadata up to what its column holds', async () => {
    const letters = 65_535 - '{"text":""}'.length;
    const entryWith = (text: string) => sale('1', { metadata: { text } });
    expect(await ledger.post(entryWith('a'.repeat(letters)))).toMatchObject({ replayed: false });
    expect(await rejection(entryWith('a'.repeat(letters + 1)))).toBe('entry_malformed');
  });

  it('posts the entry that was checked, whatever its author does to it meanwhile', async () => {
    const entry = sale('5');
    const lines = [...entry.lines];
    const posting = ledger.transaction((writer) => {
      const posted = writer.post({ ...entry, lines });
      lines.push(debit('assets:cash', krw('7')));
      return posted;
    });
    expect(await posting).toMatchObject({ replayed: false });
  });

  it('leaves the key free when an entry is rejected', async () => {
    const entry = sale('2', {
      lines: [debit('assets:purse', krw('1001')), credit('revenue:sales', krw('1001'))],
    });
    expect(await rejection(entry)).toBe('limit_exceeded');
    expect(await ledger.post({ ...sale('2'), idempotencyKey: entry.idempotencyKey })).toMatchObject({
      replayed: false,
    });
  });

  it('holds a floor under concurrency', async () => {
    await ledger.openAccounts([{ code: 'assets:till', type: 'asset', currency: 'KRW', floor: 0n }]);
    await ledger.post(
      sale('10', { lines: [debit('assets:till', krw('10')), credit('revenue:sales', krw('10'))] }),
    );
    const spend = () =>
      rejection(sale('3', { lines: [debit('assets:cash', krw('3')), credit('assets:till', krw('3'))] }));
    const codes = await Promise.all(Array.from({ length: 8 }, spend));
    expect(codes.filter((code) => code === 'posted')).toHaveLength(3);
    expect(await closing('assets:till')).toBe(1n);
  });
});

describe('postBatch', () => {
  it('rejects a bad entry alone', async () => {
    const outcomes = await ledger.postBatch([
      sale('1'),
      sale('1', { lines: [] }),
      sale('1', { lines: [debit('assets:nowhere', krw('1')), credit('revenue:sales', krw('1'))] }),
      sale('1'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['posted', 'rejected', 'rejected', 'posted']);
  });

  it('decides each entry after those before it', async () => {
    await ledger.openAccounts([{ code: 'assets:box', type: 'asset', currency: 'KRW', floor: 0n }]);
    const fill = sale('4', { lines: [debit('assets:box', krw('4')), credit('revenue:sales', krw('4'))] });
    const empty = () =>
      sale('3', { lines: [debit('assets:cash', krw('3')), credit('assets:box', krw('3'))] });
    const outcomes = await ledger.postBatch([empty(), fill, empty(), empty(), fill]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'posted',
      'posted',
      'rejected',
      'replayed',
    ]);
  });
});

describe('within', () => {
  it('writes nothing when the caller rolls back, and forgets accounts opened there', async () => {
    const opening = { code: 'assets:brief', type: 'asset', currency: 'KRW' } as const;
    const entry = sale('9', { lines: [debit('assets:brief', krw('9')), credit('revenue:sales', krw('9'))] });
    await expect(
      database.runtime.transaction(async (trx) => {
        const joined = ledger.within(trx);
        await joined.openAccounts([opening]);
        await joined.post(entry);
        await joined.appendEvents([
          { aggregateType: 'note', aggregateId: '1', eventType: 'Noted', eventVersion: 1, payload: {} },
        ]);
        throw new Error('the caller thinks better of it');
      }),
    ).rejects.toThrow('thinks better');
    expect(await rejection(entry)).toBe('account_unknown');
    await ledger.openAccounts([opening]);
    expect(await ledger.post(entry)).toMatchObject({ replayed: false });
  });
});

describe('the database', () => {
  it('refuses to change or delete what was posted, even to an administrator', async () => {
    await ledger.post(sale('1'));
    await expect(
      database.admin.raw('UPDATE journal_lines SET amount = amount + 1 LIMIT 1'),
    ).rejects.toMatchObject({ errno: 1644 });
    await expect(database.admin.raw('DELETE FROM journal_entries LIMIT 1')).rejects.toMatchObject({
      errno: 1644,
    });
  });

  it('gives the runtime user no right to do so', async () => {
    await expect(database.runtime.raw('DELETE FROM journal_lines LIMIT 1')).rejects.toMatchObject({
      errno: 1142,
    });
    await expect(database.runtime.raw('UPDATE outbox SET payload = 1')).rejects.toMatchObject({
      errno: 1142,
    });
    await expect(database.runtime.raw('CREATE TABLE sneaky (id INT)')).rejects.toMatchObject({ errno: 1142 });
  });
});

async function closing(account: string): Promise<bigint> {
  const { rows, totals } = await ledger.trialBalance();
  for (const { debit: debits, credit: credits } of totals) expect(debits).toBe(credits);
  return BigInt(rows.find((row) => row.account === account)?.closing ?? '0');
}
