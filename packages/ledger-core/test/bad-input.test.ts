import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import {
  createHandlers,
  createLedger,
  credit,
  debit,
  ENTRY_REQUESTED,
  type Entry,
  isLedgerError,
  type Ledger,
  type LedgerInTransaction,
  type Line,
  money,
  postRequestedEntry,
  readEvents,
  SETTLEMENT_CONSUMER,
} from '../src/index.ts';

const MOST = '9223372036854775807';
const krw = (amount: string) => money(amount, 'KRW');
const sale = (account: string, amount = krw('5')): Line[] => [
  debit(account, amount),
  credit('revenue:sales', amount),
];
/** A line as a caller without types may write it. */
const lineWith = (amount: unknown) =>
  [
    { account: 'assets:cash', side: 'debit', amount },
    { account: 'revenue:sales', side: 'credit', amount },
  ] as unknown as Line[];

let database: TestDatabase;
let ledger: Ledger;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  ledger = await createLedger({ knex: database.runtime, name: 'books' });
  const by = { by: 'kim', reason: 'test' };
  await ledger.openAccounts([
    ...['assets:cash', 'assets:frozen', 'assets:closed', 'assets:full'].map((code) => ({
      code,
      type: 'asset' as const,
      currency: 'KRW',
    })),
    { code: 'assets:purse', type: 'asset', currency: 'KRW', floor: 0n, ceiling: 1_000n },
    { code: 'assets:dollars', type: 'asset', currency: 'USD' },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'revenue:all', type: 'revenue', currency: 'KRW' },
  ]);
  await ledger.post(entryOf({ lines: [debit('assets:full', krw(MOST)), credit('revenue:all', krw(MOST))] }));
  await ledger.freezeAccount('assets:frozen', by);
  await ledger.closeAccount('assets:closed', by);
});
afterAll(async () => {
  await database?.drop();
});

/** Every way in which an entry comes to the books. */
const WAYS: Record<string, (entry: Entry) => Promise<string>> = {
  post: (entry) => outcomeOf(ledger.post(entry)),
  postBatch: async (entry) => {
    const [outcome] = await ledger.postBatch([entry]);
    return outcome?.status === 'rejected' ? outcome.error.code : String(outcome?.status);
  },
  postLinked: (entry) => outcomeOf(ledger.postLinked([entryOf({ lines: sale('assets:cash') }), entry])),
  'within a transaction': (entry) => outcomeOf(inTransaction((books) => books.post(entry))),
  postLater: (entry) => outcomeOf(inTransaction((books) => books.postLater(entry))),
  hold: (entry) => outcomeOf(ledger.hold(entry)),
};

/** What an entry shows of itself: told at once in every way. */
const OF_THE_ENTRY: [string, Record<string, unknown>, string][] = [
  ['says that it captures a hold', { captures: `hld_${'0'.repeat(32)}` }, 'entry_malformed'],
  ['says that it reverses an entry', { reverses: `ent_${'0'.repeat(32)}` }, 'entry_malformed'],
  ['has no lines', { lines: [] }, 'entry_malformed'],
  ['has one line', { lines: sale('assets:cash').slice(0, 1) }, 'entry_malformed'],
  ['has lines that are no list', { lines: 'lines' }, 'entry_malformed'],
  [
    'has 10,000 lines',
    { lines: Array.from({ length: 5_000 }, (_, at) => sale(`assets:cash:${at}`)).flat() },
    'entry_malformed',
  ],
  [
    'names an account twice on a side',
    { lines: [...sale('assets:cash'), ...sale('assets:cash')] },
    'entry_malformed',
  ],
  [
    'does not balance',
    { lines: [debit('assets:cash', krw('5')), credit('revenue:sales', krw('4'))] },
    'entry_unbalanced',
  ],
  [
    'balances only over two currencies',
    { lines: [debit('assets:dollars', money('5', 'USD')), credit('revenue:sales', krw('500'))] },
    'entry_unbalanced',
  ],
  ['has a zero', { lines: lineWith({ minor: 0n, currency: 'KRW' }) }, 'entry_malformed'],
  ['has a negative amount', { lines: lineWith({ minor: -5n, currency: 'KRW' }) }, 'entry_malformed'],
  ['overflows a line', { lines: lineWith({ minor: 2n ** 63n, currency: 'KRW' }) }, 'entry_malformed'],
  ['has a number for an amount', { lines: lineWith({ minor: 5, currency: 'KRW' }) }, 'entry_malformed'],
  ['has NaN', { lines: lineWith({ minor: Number.NaN, currency: 'KRW' }) }, 'entry_malformed'],
  ['has “NaN”', { lines: lineWith({ minor: 'NaN', currency: 'KRW' }) }, 'entry_malformed'],
  ['has “1e3”', { lines: lineWith({ minor: '1e3', currency: 'KRW' }) }, 'entry_malformed'],
  ['has no amount', { lines: lineWith(undefined) }, 'entry_malformed'],
  ['has an unknown currency', { lines: lineWith({ minor: 5n, currency: 'XXQ' }) }, 'currency_unknown'],
  [
    'has a side that is none',
    { lines: [{ ...sale('assets:cash')[0], side: 'left' }, {}] },
    'entry_malformed',
  ],
  ['has an injection for a code', { lines: sale("a'; DROP TABLE lines; --") }, 'account_code_malformed'],
  ['has Hangul for a code', { lines: sale('자산:현금') }, 'account_code_malformed'],
  ['has no key', { idempotencyKey: undefined }, 'entry_malformed'],
  ['has an empty key', { idempotencyKey: '' }, 'entry_malformed'],
  ['has a key of 192 letters', { idempotencyKey: 'k'.repeat(192) }, 'entry_malformed'],
  ['has half an emoji in its key', { idempotencyKey: '🥬'.slice(0, 1) }, 'entry_malformed'],
  ['has a kind in Hangul', { kind: '판매' }, 'entry_malformed'],
  ['has a description of 501 letters', { description: '김'.repeat(501) }, 'entry_malformed'],
  ['has metadata that are no object', { metadata: [1] }, 'entry_malformed'],
  ['has a bigint in its metadata', { metadata: { a: 1n } }, 'entry_malformed'],
  ['has NaN in its metadata', { metadata: { a: Number.NaN } }, 'entry_malformed'],
  ['has 64 KiB of metadata', { metadata: { text: 'a'.repeat(65_536) } }, 'entry_malformed'],
  ['happens at no time', { effectiveAt: new Date(Number.NaN) }, 'entry_malformed'],
  ['happens at a text', { effectiveAt: '2026-11-24' }, 'entry_malformed'],
  ['happens before the year 1000', { effectiveAt: new Date('0999-12-31T00:00:00Z') }, 'entry_malformed'],
  ['happens after the year 9999', { effectiveAt: new Date(8.64e15) }, 'entry_malformed'],
  ['passes a limit without saying why', { limitOverride: { by: 'kim' } }, 'entry_malformed'],
];

/** What only the accounts show: told as soon as they are asked, which for `postLater` is when the relay posts. */
const OF_THE_ACCOUNTS: [string, readonly Line[], string][] = [
  ['an unknown account', sale('assets:nowhere'), 'account_unknown'],
  ['a closed account', sale('assets:closed'), 'account_closed'],
  ['a frozen account', sale('assets:frozen'), 'account_frozen'],
  ['an account of another currency', sale('assets:dollars'), 'currency_mismatch'],
  ['an account whose total is full', sale('assets:full', krw('1')), 'balance_overflow'],
  [
    'an account beyond its floor',
    [debit('assets:cash', krw('1')), credit('assets:purse', krw('1'))],
    'limit_exceeded',
  ],
  ['an account beyond its ceiling', sale('assets:purse', krw('1001')), 'limit_exceeded'],
];

describe.each(Object.keys(WAYS))('%s', (name) => {
  const way = (entry: Entry) => WAYS[name]?.(entry);

  it.each(OF_THE_ENTRY)('refuses an entry that %s, and writes nothing', async (_, overrides, code) => {
    const before = await written();
    expect(await way({ ...entryOf({ lines: sale('assets:cash') }), ...(overrides as Partial<Entry>) })).toBe(
      code,
    );
    expect(await written()).toEqual(before);
  });

  if (name !== 'postLater')
    it.each(OF_THE_ACCOUNTS)(
      'refuses an entry over %s, writes nothing and leaves its key free',
      async (_, lines, code) => {
        const entry = entryOf({ lines });
        const before = await written();
        expect(await way(entry)).toBe(code);
        expect(await written()).toEqual(before);
        expect(await way({ ...entry, lines: sale('assets:cash') })).toMatch(/^(done|posted)$/);
      },
    );

  it('takes emoji and Hangul wherever text stands, and the first and last times there are', async () => {
    for (const effectiveAt of [new Date('1000-01-03T00:00:00Z'), new Date('9999-12-29T00:00:00Z')]) {
      const entry = entryOf({
        idempotencyKey: `김치-🥬-${++keys}`,
        description: '“배추김치” 🥬 \\ \u0000 %s',
        metadata: { 이름: '👩🏽‍🌾', "'; --": '=cmd()' },
        effectiveAt,
        lines: sale('assets:cash'),
      });
      expect(await way(entry)).toMatch(/^(done|posted)$/);
    }
  });
});

describe('whoever gives something else than is asked for', () => {
  const untyped = () => ledger as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const nothing = [null, undefined, 5, 'text'];

  it.each([
    ['post', 'entry_malformed'],
    ['hold', 'entry_malformed'],
    ['capture', 'entry_malformed'],
    ['release', 'entry_malformed'],
    ['reverse', 'entry_malformed'],
    ['postBatch', 'entry_malformed'],
    ['postLinked', 'entry_malformed'],
    ['openAccounts', 'account_malformed'],
    ['balances', 'query_malformed'],
    ['getEntry', 'entry_malformed'],
    ['getHold', 'entry_malformed'],
    ['deadLetter', 'dead_letter_unknown'],
  ])('%s tells so', async (name, code) => {
    for (const given of nothing)
      expect(await outcomeOf(untyped()[name]?.(given) ?? Promise.resolve())).toBe(code);
  });

  it.each([
    ['no list', 'lines'],
    ['holes', [null]],
    ['lines without money', [{ account: 'assets:cash', side: 'debit' }]],
  ])('a capture and a reversal tell of %s for lines', async (_, lines) => {
    const { holdId } = await ledger.hold(entryOf({ lines: sale('assets:cash') }));
    const { entryId } = await ledger.post(entryOf({ lines: sale('assets:cash') }));
    const request = { idempotencyKey: `entry-${++keys}`, lines };
    expect(await outcomeOf(untyped().capture?.({ ...request, holdId }) ?? Promise.resolve())).toBe(
      'entry_malformed',
    );
    expect(await outcomeOf(untyped().reverse?.({ ...request, entryId }) ?? Promise.resolve())).toBe(
      'entry_malformed',
    );
    expect(await outcomeOf(untyped().capture?.({ holdId }) ?? Promise.resolve())).toBe('entry_malformed');
    expect(await outcomeOf(untyped().reverse?.({ entryId }) ?? Promise.resolve())).toBe('entry_malformed');
  });

  it('a reversal does not pass for a capture, and so not the limits', async () => {
    const { entryId } = await ledger.post(entryOf({ lines: sale('assets:purse', krw('500')) }));
    await ledger.post(
      entryOf({ lines: [debit('assets:cash', krw('500')), credit('assets:purse', krw('500'))] }),
    );
    const request = { entryId, idempotencyKey: `entry-${++keys}`, captures: `hld_${'0'.repeat(32)}` };
    expect(await outcomeOf(ledger.reverse(request))).toBe('limit_exceeded');
  });

  it.each([
    ['a day that does not exist', { asOf: '2026-02-30' }, 'day_malformed'],
    ['a period that ends before it begins', { from: '2026-02-01', asOf: '2026-01-01' }, 'query_malformed'],
    ['no instant', { knownAt: new Date(Number.NaN) }, 'query_malformed'],
    ['text for an instant', { knownAt: '2026-01-01' }, 'query_malformed'],
  ])('a trial balance tells of %s', async (_, options, code) => {
    expect(await outcomeOf(ledger.trialBalance(options as never))).toBe(code);
  });

  it('lists and wallets tell of it', async () => {
    expect(await outcomeOf(ledger.deadLetters({ limit: -1 }))).toBe('query_malformed');
    expect(await outcomeOf(ledger.listAccounts({ currency: '🥬' }))).toBe('query_malformed');
    expect(await outcomeOf(ledger.wallet('김치', 'KRW'))).toBe('account_code_malformed');
    expect(await outcomeOf(ledger.wallet('1', 'XXQ'))).toBe('currency_unknown');
    expect(await outcomeOf(createLedger({ knex: database.runtime, name: null as never }))).toBe(
      'ledger_malformed',
    );
    const twice = { code: 'assets:twice', type: 'asset', currency: 'KRW' } as const;
    expect(await outcomeOf(ledger.openAccounts([twice, { ...twice, currency: 'USD' }]))).toBe(
      'account_conflict',
    );
  });
});

describe('postLater, once the relay posts', () => {
  it.each(OF_THE_ACCOUNTS)('sends an entry over %s to dead letters', async (_, lines, code) => {
    const eventId = await inTransaction((books) => books.postLater(entryOf({ lines })));
    await relay();
    expect(await ledger.deadLetter(eventId)).toMatchObject({ reasonCode: code });
  });
});

it('leaves books that verify', async () => {
  await relay();
  expect((await ledger.verify({ lagAllowanceMs: 0 })).findings).toEqual([]);
});

function entryOf(overrides: Partial<Entry> & Pick<Entry, 'lines'>): Entry {
  return { idempotencyKey: `entry-${++keys}`, kind: 'sale', ...overrides };
}

function inTransaction<T>(work: (books: LedgerInTransaction) => Promise<T>): Promise<T> {
  return database.runtime.transaction((trx) => work(ledger.within(trx)));
}

/** Applies what the outbox holds. */
async function relay(): Promise<void> {
  const { eventType, eventVersion } = ENTRY_REQUESTED;
  const handlers = createHandlers().on(eventType, eventVersion, postRequestedEntry(ledger.name));
  const events = await readEvents(database.runtime, 1n, 10_000);
  const place = { consumer: SETTLEMENT_CONSUMER, topic: 'outbox', partition: 0, fromOffset: 0n };
  await ledger.applyBatches(handlers, [{ ...place, events, nextOffset: (events.at(-1)?.seq ?? 0n) + 1n }]);
}

/** `done`, or the code of the refusal; anything but a LedgerError fails the test. */
function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error) => {
      if (isLedgerError(error)) return error.code;
      throw error;
    },
  );
}

/** How many rows each table of the books has. */
async function written(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['journal_entries', 'journal_lines', 'outbox', 'holds'])
    counts[table] = Number((await database.runtime(table).count({ n: '*' }))[0]?.n);
  return counts;
}
