import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  type AccountOpening,
  createLedger,
  type Entry,
  inTransaction,
  isLedgerError,
  type Ledger,
  type LedgerInTransaction,
  minorUnits,
  openDatabase,
} from '../src/index.ts';

const MAX = 2n ** 63n - 1n;
const DECISION = { by: 'kim', reason: 'a test' };
const ACCOUNTS: AccountOpening[] = [
  { code: 'assets:cash', type: 'asset', currency: 'KRW', ceiling: 60n },
  { code: 'assets:bank', type: 'asset', currency: 'KRW', floor: -20n },
  { code: 'liabilities:purse', type: 'liability', currency: 'KRW', floor: 0n, ceiling: 40n },
  { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
  { code: 'expenses:fees', type: 'expense', currency: 'KRW', floor: -10n, ceiling: 30n },
];

let database: TestDatabase;
let now = new Date('2026-03-02T03:00:00Z');
let names = 0;
const clock = () => now;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openLedger(accounts = ACCOUNTS): Promise<Ledger> {
  const ledger = await createLedger({ knex: database.runtime, name: `books-${++names}`, clock });
  await ledger.openAccounts(accounts);
  return ledger;
}

const sound = async (ledger: Ledger) => {
  await ledger.seal({ olderThanMs: 0 });
  expect(await ledger.verify({ lagAllowanceMs: 0 })).toMatchObject({ ok: true, findings: [] });
};

function sale(key: string, minor: bigint, from = 'revenue:sales', to = 'assets:cash'): Entry {
  const amount = minorUnits(minor, 'KRW');
  return {
    idempotencyKey: key,
    kind: 'sale',
    lines: [
      { account: to, side: 'debit', amount },
      { account: from, side: 'credit', amount },
    ],
  };
}

type Post = (writer: LedgerInTransaction, entry: Entry) => Promise<unknown>;

/** An entry alone, which is posted without a look at its accounts where that may be. */
const alone: Post = (writer, entry) => writer.post(entry);
/** The same entry as a batch of one, which is decided before it is written. */
const carefully: Post = async (writer, entry) => {
  const [outcome] = await writer.postBatch([entry]);
  if (outcome?.status === 'rejected') throw outcome.error;
  return outcome?.posted;
};

/** What a caller sees, but for ids. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    const { replayed } = (await work) as { replayed: boolean };
    return replayed ? 'replayed' : 'posted';
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    const { fingerprint: _, firstFingerprint: __, ...details } = error.details;
    return { code: error.code, details };
  }
}

async function stateOf(ledger: Ledger): Promise<unknown> {
  const balances = await Promise.all(
    ACCOUNTS.map(async ({ code }) => {
      const { accountId: _, ...balance } = (await ledger.balance(code)) as unknown as Record<string, unknown>;
      return balance;
    }),
  );
  const { rows } = await ledger.trialBalance();
  return { balances, rows };
}

const code = fc.constantFrom(...ACCOUNTS.map((account) => account.code));
const operation = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      key: fc.integer({ min: 0, max: 60 }),
      lines: fc.uniqueArray(code, { minLength: 2, maxLength: 4 }).chain((codes) =>
        fc.record({
          codes: fc.constant(codes),
          minor: fc.bigInt({ min: 1n, max: 30n }),
          flip: fc.boolean(),
        }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('again' as const), back: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('freeze' as const), code }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      from: code,
      to: code,
      minor: fc.bigInt(1n, 15n),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tomorrow' as const) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** The first account takes what all the others give, or the other way round. */
function entryOf({ key, lines: { codes, minor, flip } }: Extract<Operation, { do: 'post' }>): Entry {
  const [first = '', ...others] = codes;
  const amount = (value: bigint) => minorUnits(value, 'KRW');
  return {
    idempotencyKey: `key-${key}`,
    kind: 'sale',
    lines: [
      { account: first, side: flip ? 'credit' : 'debit', amount: amount(minor * BigInt(others.length)) },
      ...others.map((account) => ({
        account,
        side: flip ? ('debit' as const) : ('credit' as const),
        amount: amount(minor),
      })),
    ],
  };
}

/** Runs the operations one after the other, and returns what a caller saw of each. */
async function run(ledger: Ledger, operations: readonly Operation[], post: Post): Promise<unknown[]> {
  now = new Date('2026-03-02T03:00:00Z');
  const seen: unknown[] = [];
  const entries: Entry[] = [];
  // Committed whatever comes of it: what is refused must have left nothing.
  const write = async (entry: Entry | undefined) => {
    if (entry !== undefined) seen.push(await ledger.transaction((writer) => outcomeOf(post(writer, entry))));
  };
  for (const [index, one] of operations.entries()) {
    if (one.do === 'post') {
      entries.push(entryOf(one));
      await write(entryOf(one));
    } else if (one.do === 'again') {
      await write(entries.at(-one.back));
    } else if (one.do === 'tomorrow') {
      now = new Date(now.getTime() + 86_400_000);
    } else if (one.do === 'freeze') {
      await ledger.freezeAccount(one.code, DECISION);
      await write(sale(`frozen-${index}`, 1n, 'expenses:fees', one.code));
      await ledger.unfreezeAccount(one.code, DECISION);
    } else seen.push(await outcomeOf(ledger.hold(sale(`hold-${index}`, one.minor, one.from, one.to))));
  }
  return seen;
}

describe('an entry that is posted without a look at its accounts', () => {
  it('comes to what it comes to with a look, whatever limits, holds, keys and days say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 20, maxLength: 60 }), async (operations) => {
        const [quick, careful] = [await openLedger(), await openLedger()];
        expect(await run(quick, operations, alone)).toEqual(await run(careful, operations, carefully));
        expect(await stateOf(quick)).toEqual(await stateOf(careful));
        await sound(quick);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);

  it('leaves room for what is held, and fills 64 bits to the last unit', async () => {
    const ledger = await openLedger(ACCOUNTS.map(({ floor: _, ceiling: __, ...account }) => account));
    const post = (key: string, minor: bigint) =>
      outcomeOf(ledger.transaction((writer) => writer.post(sale(key, minor))));
    expect(await post('first', 1n)).toBe('posted');
    await ledger.hold(sale('held', 10n));
    expect(await post('too much', MAX - 10n)).toMatchObject({ code: 'balance_overflow' });
    expect(await post('all there is', MAX - 11n)).toBe('posted');
    expect(await post('one more', 1n)).toMatchObject({ code: 'balance_overflow' });
    await sound(ledger);
  });

  it('completes the spans of a long account', async () => {
    const ledger = await openLedger(ACCOUNTS.map(({ floor: _, ceiling: __, ...account }) => account));
    await ledger.postBatch(Array.from({ length: 995 }, (_, index) => sale(`batch-${index}`, 1n)));
    for (let index = 0; index < 10; index++)
      await ledger.transaction((writer) => writer.post(sale(`lone-${index}`, 1n)));
    await sound(ledger);
  });

  it('is undone with the savepoint that had opened one of its accounts', async () => {
    const ledger = await openLedger();
    await ledger.transaction((writer) => writer.post(sale('warm', 1n)));
    const outcome = await inTransaction(database.runtime, async (trx) => {
      await trx
        .transaction(async (inner) => {
          const writer = ledger.within(inner);
          await writer.openAccounts([{ code: 'assets:till', type: 'asset', currency: 'KRW' }]);
          await writer.post(sale('first', 1n, 'revenue:sales', 'assets:till'));
          throw new Error('undo');
        })
        .catch(() => {});
      return outcomeOf(ledger.within(trx).post(sale('second', 1n, 'revenue:sales', 'assets:till')));
    });
    expect(outcome).toMatchObject({ code: 'account_unknown' });
    await sound(ledger);
  });

  it.each(['', 'STRICT_TRANS_TABLES', 'NO_UNSIGNED_SUBTRACTION', 'ANSI'])(
    'is refused in SQL mode “%s” as in any other',
    async (mode) => {
      const ledger = await openLedger();
      const own = openDatabase({ url: database.runtimeUrl, poolSize: 1 });
      try {
        await own.raw('SET SESSION sql_mode = ?', [mode]);
        const seen: unknown[] = [];
        for (const minor of [30n, 30n, 1n])
          seen.push(
            await outcomeOf(
              own.transaction((trx) => ledger.within(trx).post(sale(`${mode}-${seen.length}`, minor))),
            ),
          );
        expect(seen).toEqual(['posted', 'posted', expect.objectContaining({ code: 'limit_exceeded' })]);
      } finally {
        await own.destroy();
      }
      await sound(ledger);
    },
  );

  it('opens no day anew that another process has ended', async () => {
    now = new Date('2026-03-02T03:00:00Z');
    const ledger = await openLedger();
    await ledger.transaction((writer) => writer.post(sale('today', 1n)));
    const tomorrow = await createLedger({
      knex: database.runtime,
      name: ledger.name,
      clock: () => new Date('2026-03-03T03:00:00Z'),
    });
    await tomorrow.post(sale('tomorrow', 1n));
    await ledger.transaction((writer) => writer.post(sale('today again', 1n)));
    await sound(ledger);
  });

  it('is refused on a day that was closed meanwhile, as by a clock that runs behind', async () => {
    now = new Date('2026-03-02T03:00:00Z');
    const ledger = await openLedger();
    await ledger.transaction((writer) => writer.post(sale('today', 1n)));
    const ahead = await createLedger({
      knex: database.runtime,
      name: ledger.name,
      clock: () => new Date('2026-03-03T03:00:00Z'),
    });
    await ahead.closePeriod('2026-03-02', DECISION);
    expect(await outcomeOf(ledger.transaction((writer) => writer.post(sale('too late', 1n))))).toMatchObject({
      code: 'period_closed',
    });
    await sound(ledger);
  });

  it('waits for nobody in a circle', async () => {
    const ledger = await openLedger(ACCOUNTS.map(({ floor: _, ceiling: __, ...account }) => account));
    const codes = ACCOUNTS.map((account) => account.code);
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const [from = '', to = ''] = [codes[index % 5], codes[(index * 3 + 1) % 5]];
        if (from === to) return 'posted';
        return outcomeOf(
          database.runtime.transaction(
            (trx) => ledger.within(trx).post(sale(`race-${index}`, 1n, from, to)),
            {
              isolationLevel: 'read committed',
            },
          ),
        );
      }),
    );
    expect(new Set(seen)).toEqual(new Set(['posted']));
    await sound(ledger);
  });
});
