import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type EntryId, type Ledger, money } from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
let database: TestDatabase;
let ledger: Ledger;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'liabilities:vat', type: 'liability', currency: 'KRW' },
  ]);
});
afterAll(async () => {
  try {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  } finally {
    await database.drop();
  }
});

async function sell(): Promise<EntryId> {
  const { entryId } = await ledger.post({
    idempotencyKey: `sale-${++keys}`,
    kind: 'sale',
    lines: [
      debit('assets:cash', krw('1100')),
      credit('revenue:sales', krw('1000')),
      credit('liabilities:vat', krw('100')),
    ],
  });
  return entryId;
}
const refund = (net: string, vat: string, gross: string) => [
  credit('assets:cash', krw(gross)),
  debit('revenue:sales', krw(net)),
  debit('liabilities:vat', krw(vat)),
];
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  );
const cash = async () =>
  (await ledger.trialBalance()).rows.find(({ account }) => account === 'assets:cash')?.closing ?? '0';

describe('reverse', () => {
  it('takes back the whole entry, once', async () => {
    const before = await cash();
    const entryId = await sell();
    const reversal = await ledger.reverse({ entryId, idempotencyKey: `r-${keys}` });
    expect(reversal).toMatchObject({ reverses: entryId, isWhole: true, replayed: false });
    expect(await cash()).toBe(before);
    expect(await codeOf(ledger.reverse({ entryId, idempotencyKey: `again-${keys}` }))).toBe(
      'reversal_exceeded',
    );
  });

  it('gives the first result for the same key, although nothing is left by then', async () => {
    const entryId = await sell();
    const first = await ledger.reverse({ entryId, idempotencyKey: `r-${keys}` });
    expect(await ledger.reverse({ entryId, idempotencyKey: `r-${keys}` })).toEqual({
      ...first,
      replayed: true,
    });
    const other = await sell();
    expect(await codeOf(ledger.reverse({ entryId: other, idempotencyKey: `r-${keys - 1}` }))).toBe(
      'idempotency_conflict',
    );
  });

  it('takes parts, and then what is left', async () => {
    const entryId = await sell();
    const part = await ledger.reverse({
      entryId,
      idempotencyKey: `p-${keys}`,
      lines: refund('400', '40', '440'),
    });
    expect(part.isWhole).toBe(false);
    const tooMuch = refund('601', '60', '661');
    expect(await codeOf(ledger.reverse({ entryId, idempotencyKey: `q-${keys}`, lines: tooMuch }))).toBe(
      'reversal_exceeded',
    );
    expect(await ledger.reverse({ entryId, idempotencyKey: `q-${keys}` })).toMatchObject({ isWhole: true });
  });

  it('never takes more than the entry, however many race', async () => {
    const before = await cash();
    const entryId = await sell();
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        codeOf(
          ledger.reverse({
            entryId,
            idempotencyKey: `race-${keys}-${index}`,
            lines: refund('400', '40', '440'),
          }),
        ),
      ),
    );
    expect(codes.filter((code) => code === 'done')).toHaveLength(2);
    expect(BigInt(await cash()) - BigInt(before)).toBe(220n);
  });

  it.each([
    [
      'the same side',
      [debit('assets:cash', krw('1')), credit('revenue:sales', krw('1'))],
      'reversal_exceeded',
    ],
    [
      'another account',
      [credit('assets:none', krw('1')), debit('revenue:sales', krw('1'))],
      'reversal_exceeded',
    ],
    [
      'sides that differ',
      [credit('assets:cash', krw('2')), debit('revenue:sales', krw('1'))],
      'entry_unbalanced',
    ],
    ['no lines', [], 'entry_malformed'],
  ])('refuses %s', async (_name, lines, code) => {
    const entryId = await sell();
    expect(await codeOf(ledger.reverse({ entryId, idempotencyKey: `bad-${keys}`, lines }))).toBe(code);
  });

  it('refuses an entry that does not exist, and an id that is none', async () => {
    const entryId: EntryId = `ent_${'0'.repeat(32)}`;
    expect(await codeOf(ledger.reverse({ entryId, idempotencyKey: 'x' }))).toBe('entry_unknown');
    expect(await codeOf(ledger.reverse({ entryId: "ent_' OR 1=1", idempotencyKey: 'x' }))).toBe(
      'entry_malformed',
    );
  });

  it('can itself be reversed', async () => {
    const before = await cash();
    const { entryId } = await ledger.reverse({ entryId: await sell(), idempotencyKey: `r-${keys}` });
    await ledger.reverse({ entryId, idempotencyKey: `rr-${keys}` });
    expect(BigInt(await cash()) - BigInt(before)).toBe(1100n);
  });
});

describe('postLinked', () => {
  it('posts all entries or none, and says which one was refused', async () => {
    const before = await cash();
    const entry = (account: string) => ({
      idempotencyKey: `linked-${++keys}`,
      kind: 'sale',
      lines: [debit('assets:cash', krw('5')), credit(account, krw('5'))],
    });
    const good = entry('revenue:sales');
    await expect(ledger.postLinked([good, entry('revenue:none')])).rejects.toMatchObject({
      code: 'account_unknown',
      details: { index: 1 },
    });
    expect(await cash()).toBe(before);
    expect(await ledger.postLinked([good, entry('revenue:sales')])).toHaveLength(2);
  });
});
