import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booksOf, entryOf } from '../../test/entries.ts';
import { minorUnits } from '../money/money.ts';
import { bookGroups, type Group } from './booking.ts';
import type { KnownKey } from './decide.ts';
import { bookOf } from './decide.ts';
import { decideGroups, type Outcome } from './decide-groups.ts';
import { credit, debit, type LinkedEntry } from './entry.ts';
import { toEntryId } from './entry-id.ts';
import { prepare } from './prepare.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const won = (minor: bigint) => minorUnits(minor, 'KRW');
const pay = (
  idempotencyKey: string,
  amount: bigint,
  from = 'liabilities:a',
  to = 'liabilities:b',
): LinkedEntry => entryOf({ idempotencyKey, lines: [debit(from, won(amount)), credit(to, won(amount))] });
const malformed = entryOf({ idempotencyKey: '' });

/** a has 10 won and may not go below zero; b has none. */
const wallets = () =>
  booksOf({ 'liabilities:a': { postedCredit: 10n, floor: 0n }, 'liabilities:b': { floor: 0n } });

function decide(groups: readonly Group[], stored = new Map<string, KnownKey>(), books = wallets()) {
  const decisions = decideGroups(bookGroups(groups, NOW, 'Asia/Seoul'), stored, books);
  const told = decisions.outcomes.map((outcomes) => outcomes.map(tell));
  return { ...decisions, told, books };
}

const alone = (...entries: LinkedEntry[]): Group[] => entries.map((entry) => ({ entries: [entry] }));
const tell = (outcome: Outcome) => (outcome.status === 'rejected' ? outcome.error.code : outcome.status);
const keysOf = (accepted: ReturnType<typeof decide>['accepted']) =>
  accepted.map(({ prepared }) => prepared.entry.idempotencyKey);
const creditsOf = (code: string, books: ReturnType<typeof wallets>) => {
  const { postedCredit, postedDebit } = bookOf(code, books).balance;
  return postedCredit - postedDebit;
};

describe('entries of a batch', () => {
  it('are each decided after those before', () => {
    const { told, books } = decide(
      alone(pay('1', 10n), pay('2', 1n), pay('3', 4n, 'liabilities:b', 'liabilities:a'), pay('4', 4n)),
    );
    expect(told.flat()).toEqual(['posted', 'limit_exceeded', 'posted', 'posted']);
    expect([creditsOf('liabilities:a', books), creditsOf('liabilities:b', books)]).toEqual([0n, 10n]);
  });

  it('are rejected alone, and leave no trace', () => {
    const { told, accepted, lines, books } = decide(
      alone(malformed, pay('1', 11n), pay('2', 1n), pay('3', 1n, 'liabilities:x')),
    );
    expect(told.flat()).toEqual(['entry_malformed', 'limit_exceeded', 'posted', 'account_unknown']);
    expect(keysOf(accepted)).toEqual(['2']);
    expect(lines.map(({ line }) => [line.account.code, line.sequence])).toEqual([
      ['liabilities:a', 1n],
      ['liabilities:b', 1n],
    ]);
    expect(bookOf('liabilities:a', books).balance).toMatchObject({ postedDebit: 1n, lastSequence: 1n });
  });

  it('with a key that was stored give the first result, and write nothing', () => {
    const entry = pay('1', 999n);
    const entryId = Buffer.alloc(16, 7);
    const stored = new Map([['1', { entryId, fingerprint: prepare(entry).fingerprint }]]);
    const { outcomes, accepted, lines } = decide(alone(entry, pay('1', 5n)), stored);
    expect(outcomes[0]).toEqual([
      { status: 'replayed', posted: { entryId: toEntryId(entryId), idempotencyKey: '1', replayed: true } },
    ]);
    expect(outcomes[1]?.map(tell)).toEqual(['idempotency_conflict']);
    expect([accepted, lines]).toEqual([[], []]);
  });

  it('with a key of an earlier one are its twins, or in conflict with it', () => {
    const { told, outcomes, accepted } = decide(alone(pay('1', 1n), pay('1', 1n), pay('1', 2n)));
    expect(told.flat()).toEqual(['posted', 'replayed', 'idempotency_conflict']);
    const ids = outcomes.flat().map((outcome) => outcome.status !== 'rejected' && outcome.posted.entryId);
    expect(ids[1]).toBe(ids[0]);
    expect(accepted).toHaveLength(1);
  });

  it('leave their key free when they are rejected', () => {
    expect(decide(alone(pay('1', 11n), pay('1', 10n))).told.flat()).toEqual(['limit_exceeded', 'posted']);
  });

  it('change no keys that the caller has', () => {
    const stored = new Map<string, KnownKey>();
    decide(alone(pay('1', 1n)), stored);
    expect(stored.size).toBe(0);
  });
});

describe('linked entries', () => {
  it('are posted together', () => {
    const { told, accepted, lines } = decide([{ entries: [pay('1', 4n), pay('2', 6n)] }]);
    expect(told).toEqual([['posted', 'posted']]);
    expect(keysOf(accepted)).toEqual(['1', '2']);
    expect(lines).toHaveLength(4);
  });

  it.each<[string, LinkedEntry[], string, number]>([
    [
      'passes a limit only after the ones before it',
      [pay('1', 4n), pay('2', 6n), pay('3', 1n)],
      'limit_exceeded',
      2,
    ],
    ['is malformed', [pay('1', 4n), malformed], 'entry_malformed', 1],
    [
      'names an unknown account',
      [pay('1', 4n), pay('2', 1n, 'liabilities:a', 'liabilities:x')],
      'account_unknown',
      1,
    ],
    ['conflicts with one of them', [pay('1', 4n), pay('1', 5n)], 'idempotency_conflict', 1],
    ['comes first', [pay('1', 11n), pay('2', 1n)], 'limit_exceeded', 0],
  ])('are all rejected when one %s, and leave no trace', (_, entries, code, index) => {
    const untouched = wallets();
    const { told, outcomes, accepted, lines, books } = decide([{ entries }]);
    expect(told).toEqual([entries.map(() => code)]);
    for (const outcome of outcomes.flat())
      expect(outcome).toMatchObject({ status: 'rejected', error: { details: { index } } });
    expect([accepted, lines]).toEqual([[], []]);
    expect(books.balances).toEqual(untouched.balances);
  });

  it('that are rejected leave their keys and their money to the next group', () => {
    const { told } = decide([{ entries: [pay('1', 10n), pay('2', 1n)] }, { entries: [pay('1', 10n)] }]);
    expect(told).toEqual([['limit_exceeded', 'limit_exceeded'], ['posted']]);
  });

  it('that are rejected do not take back the keys of groups before them', () => {
    const { told } = decide([
      ...alone(pay('1', 1n)),
      { entries: [pay('1', 1n), pay('2', 99n)] },
      ...alone(pay('1', 1n)),
    ]);
    expect(told).toEqual([['posted'], ['limit_exceeded', 'limit_exceeded'], ['replayed']]);
  });

  it('may repeat what was posted before, and post the rest', () => {
    const first = pay('1', 1n);
    const stored = new Map([['1', { entryId: Buffer.alloc(16), fingerprint: prepare(first).fingerprint }]]);
    expect(decide([{ entries: [first, pay('2', 1n)] }], stored).told).toEqual([['replayed', 'posted']]);
  });

  it('may be none', () => {
    expect(decide([{ entries: [] }, ...alone(pay('1', 1n))]).told).toEqual([[], ['posted']]);
  });
});

describe('groups of one order key', () => {
  it('are rejected behind the first that is, for its reason, and others are not', () => {
    const { told, books } = decide([
      { entries: [pay('1', 1n)], orderKey: 'p' },
      { entries: [pay('2', 99n)], orderKey: 'p' },
      { entries: [pay('3', 1n), pay('4', 1n)], orderKey: 'p' },
      { entries: [pay('5', 1n)], orderKey: 'q' },
      { entries: [pay('6', 1n)] },
    ]);
    expect(told).toEqual([
      ['posted'],
      ['limit_exceeded'],
      ['limit_exceeded', 'limit_exceeded'],
      ['posted'],
      ['posted'],
    ]);
    expect(creditsOf('liabilities:b', books)).toBe(3n);
  });

  it('do not wait for groups without one', () => {
    expect(decide(alone(pay('1', 99n), pay('2', 1n))).told).toEqual([['limit_exceeded'], ['posted']]);
  });
});

describe('any batch', () => {
  const wallet = fc.constantFrom('liabilities:a', 'liabilities:b', 'liabilities:c', 'liabilities:unknown');
  const entry = fc
    .record({
      key: fc.integer({ min: 1, max: 12 }),
      amount: fc.bigInt({ min: 0n, max: 12n }),
      from: wallet,
      to: wallet,
    })
    .map(({ key, amount, from, to }) => ({
      ...entryOf({ idempotencyKey: `${key}` }),
      lines: [
        { account: from, side: 'debit' as const, amount: won(amount) },
        { account: to, side: 'credit' as const, amount: won(amount) },
      ],
    }));
  const group = fc.record(
    { entries: fc.array(entry, { maxLength: 4 }), orderKey: fc.constantFrom('p', 'q') },
    { requiredKeys: ['entries'] },
  );
  const opened = () =>
    booksOf({
      'liabilities:a': { postedCredit: 20n, floor: 0n },
      'liabilities:b': { floor: -5n, ceiling: 15n },
      'liabilities:c': { floor: 0n },
    });

  it('leaves the books as if only the groups that were accepted had come', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
        const all = decide(groups, new Map(), opened());
        const wasAccepted = all.told.map((outcomes) =>
          outcomes.every((told) => told === 'posted' || told === 'replayed'),
        );
        all.told.forEach((outcomes, index) => {
          const isRefused = outcomes.every((told) => told !== 'posted' && told !== 'replayed');
          expect(wasAccepted[index] || isRefused).toBe(true);
        });
        const only = decide(
          groups.filter((_, index) => wasAccepted[index]),
          new Map(),
          opened(),
        );
        expect(only.told).toEqual(all.told.filter((_, index) => wasAccepted[index]));
        expect(only.books.balances).toEqual(all.books.balances);
        expect(keysOf(only.accepted)).toEqual(keysOf(all.accepted));
        expect(new Set(keysOf(all.accepted)).size).toBe(all.accepted.length);
      }),
      { numRuns: 300 },
    );
  });

  it('makes no money, and keeps every limit', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
        const { books } = decide(groups, new Map(), opened());
        const [a, b, c] = ['liabilities:a', 'liabilities:b', 'liabilities:c'].map((code) =>
          creditsOf(code, books),
        );
        expect((a ?? 0n) + (b ?? 0n) + (c ?? 0n)).toBe(20n);
        expect([a, b, c].map((balance, index) => (balance ?? 0n) >= ([0n, -5n, 0n][index] ?? 0n))).toEqual([
          true,
          true,
          true,
        ]);
        expect((b ?? 0n) <= 15n).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('numbers the lines of an account from 1 without a gap, and carries its balance on', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
        const { lines } = decide(groups, new Map(), opened());
        const last = new Map<string, { sequence: bigint; balance: bigint }>([
          ['liabilities:a', { sequence: 0n, balance: -20n }],
        ]);
        for (const { line } of lines) {
          const before = last.get(line.account.code) ?? { sequence: 0n, balance: 0n };
          expect(line).toMatchObject({
            sequence: before.sequence + 1n,
            balance: before.balance + line.amount,
          });
          last.set(line.account.code, line);
        }
      }),
    );
  });
});
