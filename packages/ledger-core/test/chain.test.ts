import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { createLedger, type Ledger, money, transfer, type Verification } from '../src/index.ts';

let database: TestDatabase;
let ledger: Ledger;
let now: Date;
let keys = 0;

/** Twelve entries, sealed in one block. */
beforeEach(async () => {
  now = new Date('2026-05-04T00:00:00Z');
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books', clock: () => now });
  await ledger.openAccounts([
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  ]);
  await sell(12);
  later(10_000);
  expect(await ledger.seal()).toEqual({ blocks: 1, entries: 12 });
});
afterEach(async () => {
  await database.drop();
});

const sale = () =>
  transfer({
    idempotencyKey: `sale-${++keys}`,
    kind: 'sale',
    from: 'revenue:sales',
    to: 'assets:cash',
    amount: money('100', 'KRW'),
    description: '배추김치',
    metadata: { order: keys },
  });
async function sell(count: number): Promise<void> {
  for (let sold = 0; sold < count; sold++) await ledger.post(sale());
}
function later(ms: number): void {
  now = new Date(now.getTime() + ms);
}
const verify = (options: Parameters<Ledger['verify']>[0] = {}): Promise<Verification> =>
  ledger.verify({ lagAllowanceMs: 0, ...options });
/** As somebody does who may do anything. */
async function tamper(...statements: string[]): Promise<void> {
  for (const table of ['journal_entries', 'journal_lines', 'chain_blocks'])
    for (const operation of ['update', 'delete'])
      await database.admin.raw(`DROP TRIGGER IF EXISTS ${table}_refuse_${operation}`);
  await database.admin.raw('SET FOREIGN_KEY_CHECKS = 0');
  for (const statement of statements) await database.admin.raw(statement);
}
const ofChain = ({ findings }: Verification) => findings.filter(({ invariant }) => invariant === 8);

describe('the hash chain', () => {
  it('seals what has settled, block after block, and leaves what is young', async () => {
    await sell(3);
    expect(await ledger.seal()).toEqual({ blocks: 0, entries: 0 });
    later(10_000);
    expect(await ledger.seal()).toEqual({ blocks: 1, entries: 3 });
    await sell(1);
    const verification = await verify();
    expect(verification).toMatchObject({ ok: true, sealed: { blocks: 2, entries: 15 } });
    expect((await ledger.trialBalance()).chainHead).toBe((await ledger.chainHead())?.digest);
  });

  it('splits many entries into blocks of a bounded size', async () => {
    await ledger.postBatch(Array.from({ length: 10_100 }, sale));
    later(10_000);
    expect(await ledger.seal()).toEqual({ blocks: 11, entries: 10_100 });
    expect(await verify()).toMatchObject({ ok: true });
  });

  it.each([
    ["kind = 'gift'"],
    ["idempotency_key = 'another'"],
    ["description = 'nothing to see'"],
    ["effective_at = '2026-04-01 00:00:00'"],
    ["booked_at = '2026-05-03 00:00:00'"],
    ["effective_day = '2026-04-01'"],
    ["booked_day = '2026-05-03'"],
    ['metadata = NULL'],
    ["event_id = 'invented'"],
    ['reverses_entry_id = entry_id'],
    ['captures_hold_id = entry_id'],
    ['limit_override = \'{"by":"me","reason":"because"}\''],
    ["fingerprint = REPEAT('x', 32)"],
    ['line_count = 3'],
  ])('finds an entry of which somebody set %s', async (change) => {
    await tamper(`UPDATE journal_entries SET ${change} ORDER BY entry_id LIMIT 1`);
    expect(ofChain(await verify())).toMatchObject([
      { where: 'block 1', detail: expect.stringContaining('changed') },
    ]);
  });

  it.each([['amount = amount * 2'], ['balance = balance + 1'], ['line_number = 9'], ['sequence = 99']])(
    'finds a line of which somebody set %s',
    async (change) => {
      await tamper(`UPDATE journal_lines SET ${change} ORDER BY account_id, sequence DESC LIMIT 1`);
      expect(ofChain(await verify())).toHaveLength(1);
    },
  );

  it('finds an entry that was taken out, with lines, balances and all', async () => {
    await tamper('DELETE FROM journal_entries ORDER BY entry_id DESC LIMIT 1');
    expect(ofChain(await verify())).toMatchObject([
      { detail: expect.stringContaining('holds 12 entries, of which 11') },
    ]);
  });

  it('finds books that were changed consistently, which no sum could tell', async () => {
    await tamper('UPDATE journal_lines SET amount = amount * 2, balance = balance * 2');
    await tamper(
      'UPDATE account_balances SET posted_debit = posted_debit * 2, posted_credit = posted_credit * 2, day_debit = day_debit * 2, day_credit = day_credit * 2',
    );
    const verification = await verify();
    expect(verification.findings).toEqual(ofChain(verification));
    expect(verification.ok).toBe(false);
  });

  it('finds an entry that was slipped in below the head', async () => {
    await slipIn();
    expect(ofChain(await verify())).toEqual([]);
    later(200_000);
    expect(ofChain(await verify())).toMatchObject([{ detail: expect.stringContaining('sealed without it') }]);
  });

  it('seals an entry that became visible late, by its id, in a later block', async () => {
    await slipIn();
    later(70_000);
    expect(await ledger.seal()).toEqual({ blocks: 1, entries: 1 });
    later(200_000);
    expect(ofChain(await verify())).toEqual([]);
    expect(await ledger.seal()).toEqual({ blocks: 0, entries: 0 });
  });

  it('finds a block that was changed, taken out of the middle, or sealed anew', async () => {
    await sell(1);
    later(10_000);
    await ledger.seal();
    await sell(1);
    later(10_000);
    await ledger.seal();
    const anchor = await ledger.chainHead();
    if (anchor === undefined) throw new Error('nothing is sealed');
    expect(await verify({ anchor })).toMatchObject({ ok: true });
    await tamper('DELETE FROM chain_blocks WHERE block_number = 3');
    expect((await verify()).ok).toBe(true);
    expect(ofChain(await verify({ anchor }))).toMatchObject([{ where: 'block 3' }]);
    await ledger.post(sale());
    later(10_000);
    await ledger.seal();
    expect(ofChain(await verify({ anchor }))).toMatchObject([
      { detail: expect.stringContaining('anchored') },
    ]);
    await tamper('DELETE FROM chain_blocks WHERE block_number = 2');
    expect(ofChain(await verify()).length).toBeGreaterThan(0);
  });

  it.each([
    ["sealed_at = '2026-01-01'"],
    ["digest = REPEAT('x', 32)"],
    ["previous_digest = REPEAT('x', 32)"],
    ["members = REPEAT('x', 48)"],
    ["late_entries = REPEAT('x', 16)"],
    ['after_entry_id = last_entry_id'],
  ])('finds a block of which somebody set %s', async (change) => {
    await tamper(`UPDATE chain_blocks SET ${change}`);
    expect(ofChain(await verify()).length).toBeGreaterThan(0);
  });

  it('waits for an entry that is written and not committed, instead of passing it by', async () => {
    const trx = await database.runtime.transaction();
    await ledger.within(trx).post(sale());
    later(10_000);
    const sealing = ledger.seal();
    await new Promise((resume) => setTimeout(resume, 100));
    await trx.commit();
    expect(await sealing).toEqual({ blocks: 1, entries: 1 });
    expect(await verify()).toMatchObject({ ok: true, sealed: { blocks: 2, entries: 13 } });
  });

  it('goes on unbroken while many post and two seal at once', async () => {
    const other = await createLedger({ knex: database.runtime, name: 'books', clock: () => now });
    const posting = Promise.all(Array.from({ length: 200 }, () => ledger.post(sale())));
    const sealing = (async () => {
      for (let round = 0; round < 10; round++)
        await Promise.all([ledger.seal({ olderThanMs: -1_000 }), other.seal({ olderThanMs: -1_000 })]);
    })();
    await Promise.all([posting, sealing]);
    later(70_000);
    await ledger.seal();
    expect(await verify()).toMatchObject({ ok: true, sealed: { entries: 212 } });
  });

  it('is append-only, for the runtime user and for everybody', async () => {
    await expect(database.runtime.raw('DELETE FROM chain_blocks')).rejects.toThrow();
    await expect(database.admin.raw('UPDATE chain_blocks SET digest = previous_digest')).rejects.toThrow(
      'immutable',
    );
  });
});

/** An entry that stands below the head and was not there when its block was sealed: its id is older than its commit. */
async function slipIn(): Promise<void> {
  const before = now;
  now = new Date('2026-05-03T23:59:59Z');
  await ledger.post(sale());
  now = before;
}
