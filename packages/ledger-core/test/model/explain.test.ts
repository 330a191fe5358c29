import { describe, expect, it } from '@jest/globals';
import { credit, debit, type Entry, money } from '../../src/index.ts';
import { post } from './auditor.ts';
import { bookOf, openBooks } from './books.ts';
import { type Event, explain } from './explain.ts';

/* The judge itself: what it must not let pass, without a database. */

const purse = 'liabilities:wallets:1';
const books = openBooks(
  [
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: purse, type: 'liability', currency: 'KRW', floor: 0n },
  ],
  new Date('2026-03-02T03:00:00Z'),
);
const won = (amount: number) => money(`${amount}`, 'KRW');
const fill = (key: string, amount: number): Entry => ({
  idempotencyKey: key,
  kind: 'fill',
  lines: [debit('assets:cash', won(amount)), credit(purse, won(amount))],
});
const spend = (key: string, amount: number): Entry => ({
  idempotencyKey: key,
  kind: 'spend',
  lines: [debit(purse, won(amount)), credit('assets:cash', won(amount))],
});
const refusal = (after: number) => `limit_exceeded ${purse} floor 0 ${after}`;

/** Calls that all run at once, unless their times are given. */
function call(entry: Entry, observed: string | undefined, begin = 0, end = 100): Event {
  return { label: entry.idempotencyKey, begin, end, happen: (now) => post(now, entry), observed };
}
const holdsIn = (amount: bigint) => (now: typeof books) =>
  bookOf(now, purse).credit - bookOf(now, purse).debit === amount ? undefined : 'the purse is another';
const orderOf = (events: readonly Event[], left: bigint) =>
  explain(books, events, holdsIn(left)).order?.map(({ label }) => label);

describe('explain', () => {
  it('finds the order in which calls at the same time must have happened', () => {
    const events = [call(spend('spend', 3), 'posted'), call(fill('fill', 5), 'posted')];
    expect(orderOf(events, 2n)).toEqual(['fill', 'spend']);
  });

  it('finds none where the times forbid it', () => {
    const events = [call(spend('spend', 3), 'posted', 0, 10), call(fill('fill', 5), 'posted', 11, 20)];
    expect(orderOf(events, 2n)).toBeUndefined();
  });

  it('finds none where more was spent than was there', () => {
    const events = [
      call(fill('fill', 5), 'posted'),
      call(spend('one', 3), 'posted'),
      call(spend('two', 3), 'posted'),
    ];
    expect(orderOf(events, -1n)).toBeUndefined();
  });

  it('finds none where a refusal had no reason', () => {
    const events = [call(fill('fill', 5), 'posted', 0, 10), call(spend('one', 3), refusal(-3), 11, 20)];
    expect(orderOf(events, 5n)).toBeUndefined();
  });

  it('finds none where the database has lost what was answered for', () => {
    expect(orderOf([call(fill('fill', 5), 'posted')], 0n)).toBeUndefined();
  });

  it('finds none where one key was posted twice', () => {
    const events = [call(fill('fill', 5), 'posted'), call(fill('fill', 5), 'posted')];
    expect(orderOf(events, 10n)).toBeUndefined();
  });

  it('lets a call without an answer have happened or not, as the others tell', () => {
    const answered = call(fill('fill', 5), 'replayed');
    const unanswered = { ...answered, label: 'lost', observed: undefined, before: answered };
    expect(orderOf([answered, unanswered], 5n)).toEqual(['lost', 'fill']);
    const fresh = { ...answered, observed: 'posted' };
    expect(orderOf([fresh, { ...unanswered, before: fresh }], 5n)).toEqual(['fill']);
  });
});
