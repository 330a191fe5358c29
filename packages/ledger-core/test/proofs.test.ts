import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type Ledger, money } from '../src/index.ts';

const krw = (amount: string) => money(amount, 'KRW');
const DECISION = { by: 'kim', reason: 'a festival' };
let database: TestDatabase;
let ledger: Ledger;

/** A purse between 0 and 5,000 won, that was let below by name, holds that were captured in part, released and left open, and reversals. */
beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'liabilities:purse', type: 'liability', currency: 'KRW', floor: 0n, ceiling: 5_000n },
    { code: 'liabilities:shop', type: 'liability', currency: 'KRW' },
  ]);
  await pay('fund', 'assets:cash', 'liabilities:purse', '3000');
  await pay('spend', 'liabilities:purse', 'liabilities:shop', '1000');
  await ledger.post({
    ...entry('beyond', 'liabilities:purse', 'liabilities:shop', '2500'),
    limitOverride: DECISION,
  });
  await pay('top-up', 'assets:cash', 'liabilities:purse', '2500');
  // Both sides of the purse in one entry: it passes its ceiling in between, and not in the end.
  await ledger.post({
    idempotencyKey: 'both-sides',
    kind: 'exchange',
    lines: [credit('liabilities:purse', krw('4000')), debit('liabilities:purse', krw('4000'))],
  });
  const [first, second, third] = [await hold('h1', '600'), await hold('h2', '300'), await hold('h3', '200')];
  await capture('c1', first, '250');
  await capture('c2', second, '300');
  await ledger.release(third);
  await hold('h4', '100');
  const { entryId } = await pay('mistake', 'liabilities:shop', 'assets:cash', '90');
  await ledger.reverse({
    idempotencyKey: 'undo',
    entryId,
    lines: lines('assets:cash', 'liabilities:shop', '40'),
  });
  for (const table of ['journal_entries', 'journal_lines', 'entry_reversals', 'account_changes'])
    await database.admin.raw(`DROP TRIGGER ${table}_refuse_update`);
});
afterAll(() => database.drop());

const lines = (from: string, to: string, amount: string) => [
  debit(from, krw(amount)),
  credit(to, krw(amount)),
];
/** What a liability gives is debited, and what it takes is credited; cash is an asset, and pays in as a debit. */
const entry = (idempotencyKey: string, from: string, to: string, amount: string) => ({
  idempotencyKey,
  kind: 'payment',
  lines: lines(from, to, amount),
});
const pay = (key: string, from: string, to: string, amount: string) =>
  ledger.post(entry(key, from, to, amount));
async function hold(key: string, amount: string) {
  const { holdId } = await ledger.hold(entry(key, 'liabilities:purse', 'liabilities:shop', amount));
  return holdId;
}
const capture = (idempotencyKey: string, holdId: Awaited<ReturnType<typeof hold>>, amount: string) =>
  ledger.capture({ idempotencyKey, holdId, lines: lines('liabilities:purse', 'liabilities:shop', amount) });

/** What verify finds, beside the broken chain, while a change that nobody may make stands; the change is taken back. */
async function findingsAfter(changes: readonly string[], back: readonly string[]) {
  try {
    for (const sql of changes) await database.admin.raw(sql);
    return (await ledger.verify({ lagAllowanceMs: 0 })).findings;
  } finally {
    for (const sql of back) await database.admin.raw(sql);
  }
}

describe('verify', () => {
  it('is clean where limits were held, passed by name, or captured from a hold', async () => {
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
  });

  it.each([
    ['the floor', 'floor', '2500', '0', 'to 2000, beyond its limit of 2500'],
    ['the ceiling', 'ceiling', '2900', '5000', 'to 3000, beyond its limit of 2900'],
  ])('finds an entry that took an account beyond %s', async (_name, limit, bound, before, detail) => {
    const set = (value: string) =>
      ['account_changes', 'account_balances'].map(
        (table) => `UPDATE ${table} SET ${limit} = ${value} WHERE floor IS NOT NULL`,
      );
    expect(await findingsAfter(set(bound), set(before))).toContainEqual(
      expect.objectContaining({ invariant: 3, detail: expect.stringContaining(detail) }),
    );
  });

  it('finds an entry that passed a limit and whose override was taken away', async () => {
    const findings = await findingsAfter(
      [
        'CREATE TABLE kept AS SELECT entry_id, limit_override FROM journal_entries',
        'UPDATE journal_entries SET limit_override = NULL',
      ],
      [
        'UPDATE journal_entries AS e JOIN kept AS k ON k.entry_id = e.entry_id SET e.limit_override = k.limit_override',
        'DROP TABLE kept',
      ],
    );
    expect(findings).toMatchObject([{ invariant: 3, where: 'account liabilities:purse, line 3' }]);
  });

  it.each([
    [
      'pending totals that are not the open holds’',
      'UPDATE account_balances SET pending_debit = pending_debit + 1 WHERE pending_debit > 0',
      'UPDATE account_balances SET pending_debit = pending_debit - 1 WHERE pending_debit > 0',
      { where: 'account liabilities:purse', detail: expect.stringContaining('its open holds come to') },
    ],
    [
      'a hold of which less remains than was left',
      'UPDATE hold_lines SET remaining = 300 WHERE remaining = 350',
      'UPDATE hold_lines SET remaining = 350 WHERE remaining = 300',
      {
        where: expect.stringMatching(/^hold hld_/),
        detail: expect.stringContaining('of 600, 250 were captured, and 300 remain'),
      },
    ],
    [
      'something that remains of a hold that is over',
      'UPDATE hold_lines SET remaining = 200 WHERE amount = 200',
      'UPDATE hold_lines SET remaining = 0 WHERE amount = 200',
      { where: expect.stringMatching(/^hold hld_/), detail: expect.stringContaining('is released: of 200') },
    ],
    [
      'a capture of a hold that is not there',
      "UPDATE journal_entries SET captures_hold_id = REPEAT('x', 16) WHERE idempotency_key = 'spend'",
      "UPDATE journal_entries SET captures_hold_id = NULL WHERE idempotency_key = 'spend'",
      { where: expect.stringMatching(/^hold hld_7878/), detail: expect.stringContaining('does not hold') },
    ],
    [
      'a reversal of more than there was',
      'UPDATE entry_reversals SET amount = 91',
      'UPDATE entry_reversals SET amount = 40',
      {
        where: expect.stringMatching(/^entry ent_.*line 1$/),
        detail: expect.stringContaining('91 of it were reversed, and it is 90'),
      },
    ],
    [
      'a reversal that was posted otherwise than recorded',
      'UPDATE entry_reversals SET amount = 39',
      'UPDATE entry_reversals SET amount = 40',
      {
        where: expect.stringMatching(/^entry ent_/),
        detail: 'it reverses 80, and 78 are on record (minor units)',
      },
    ],
  ])('finds %s', async (_name, change, back, finding) => {
    expect(await findingsAfter([change], [back])).toContainEqual(
      expect.objectContaining({ invariant: 2, ...finding }),
    );
    expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true });
  });
});
