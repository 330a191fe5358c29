import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booksOf, entryOf } from '../../test/entries.ts';
import { minorUnits } from '../money/money.ts';
import type { Day } from '../periods/business-day.ts';
import type { LockedBalance } from './balances-table.ts';
import { bookGroups } from './booking.ts';
import { foldDays, type Turnover } from './days.ts';
import { decideGroups } from './decide-groups.ts';
import { credit, debit } from './entry.ts';

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const noon = (day: string) => new Date(`${day}T03:00:00Z`);

interface Sale {
  readonly amount: bigint;
  readonly bookedOn: string;
  /** Defaults to the day it is booked on. */
  readonly effectiveOn?: string;
}

/** Books sales one after the other, each at the clock it came with; returns cash and what belongs in rows of its own. */
function sell(sales: readonly Sale[], cashBefore: Partial<LockedBalance> = {}) {
  const books = booksOf({ 'assets:cash': cashBefore, 'revenue:sales': cashBefore });
  const booked = sales.flatMap(({ amount, bookedOn, effectiveOn }, index) =>
    bookGroups(
      [
        {
          entries: [
            entryOf({
              idempotencyKey: `${index}`,
              lines: [debit('assets:cash', won(amount)), credit('revenue:sales', won(amount))],
              ...(effectiveOn === undefined ? {} : { effectiveAt: noon(effectiveOn) }),
            }),
          ],
        },
      ],
      noon(bookedOn),
      'Asia/Seoul',
    ),
  );
  const rows = foldDays(decideGroups(booked, new Map(), books), books.balances);
  const cash = books.balances.get(1);
  return { rows: rows.filter(({ accountId }) => accountId === 1).map(tell), all: rows, cash, books };
}

const tell = ({ effectiveDay, bookedDay, debit: debits, credit: credits }: Turnover) =>
  `${effectiveDay} booked ${bookedDay}: ${debits} ${credits}`;
const today = '2026-03-02';
const yesterday = '2026-03-01';
const tomorrow = '2026-03-03';
const open = (day: string, dayDebit: bigint) => ({ day: day as Day, dayDebit, dayCredit: 0n });

/** An effective day, a booked day, and how much. */
type Counted = [effective: string, booked: string, amount: bigint];

function totalsOf(counted: readonly Counted[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const [effective, booked, amount] of counted) {
    const key = `${effective} ${booked}`;
    totals.set(key, (totals.get(key) ?? 0n) + amount);
  }
  return totals;
}

describe('foldDays', () => {
  it('keeps the turnover of the first day with the balance', () => {
    const { rows, cash } = sell([
      { amount: 5n, bookedOn: today },
      { amount: 7n, bookedOn: today },
    ]);
    expect(rows).toEqual([]);
    expect(cash).toMatchObject({ day: today, dayDebit: 12n, dayCredit: 0n });
  });

  it('adds to the day that is there', () => {
    const { rows, cash } = sell([{ amount: 5n, bookedOn: today }], open(today, 100n));
    expect(rows).toEqual([]);
    expect(cash).toMatchObject({ day: today, dayDebit: 105n });
  });

  it('moves a day that is over into a row when the next one begins', () => {
    const { rows, cash } = sell([{ amount: 5n, bookedOn: today }], open(yesterday, 100n));
    expect(rows).toEqual([`${yesterday} booked ${yesterday}: 100 0`]);
    expect(cash).toMatchObject({ day: today, dayDebit: 5n, dayCredit: 0n });
  });

  it('moves a day that begins and ends in one batch', () => {
    const { rows, cash } = sell(
      [yesterday, today, tomorrow].map((bookedOn) => ({ amount: 5n, bookedOn })),
      open('2026-02-28', 1n),
    );
    expect(rows).toEqual([
      '2026-02-28 booked 2026-02-28: 1 0',
      `${yesterday} booked ${yesterday}: 5 0`,
      `${today} booked ${today}: 5 0`,
    ]);
    expect(cash).toMatchObject({ day: tomorrow, dayDebit: 5n });
  });

  it.each([
    ['backdated', yesterday],
    ['effective in the future', tomorrow],
    ['effective in a year long gone', '1000-01-02'],
  ])('gives a row of its own to what is %s', (_, effectiveOn) => {
    const sale = { amount: 5n, bookedOn: today, effectiveOn };
    const { rows, cash } = sell([sale, sale, { amount: 1n, bookedOn: today }], open(today, 100n));
    expect(rows).toEqual([`${effectiveOn} booked ${today}: 10 0`]);
    expect(cash).toMatchObject({ day: today, dayDebit: 101n });
  });

  it('does not begin a day for what is backdated', () => {
    const { rows, cash } = sell(
      [{ amount: 5n, bookedOn: today, effectiveOn: yesterday }],
      open(yesterday, 100n),
    );
    expect(rows).toEqual([`${yesterday} booked ${today}: 5 0`]);
    expect(cash).toMatchObject({ day: yesterday, dayDebit: 100n });
  });

  it('gives a row to what a clock that runs behind books on a day that is over', () => {
    const { rows, cash } = sell([{ amount: 5n, bookedOn: yesterday }], open(today, 100n));
    expect(rows).toEqual([`${yesterday} booked ${yesterday}: 5 0`]);
    expect(cash).toMatchObject({ day: today, dayDebit: 100n });
  });

  it('puts that row together with the day that is moved', () => {
    const { rows } = sell(
      [
        { amount: 5n, bookedOn: today },
        { amount: 7n, bookedOn: yesterday },
      ],
      open(yesterday, 100n),
    );
    expect(rows).toEqual([`${yesterday} booked ${yesterday}: 107 0`]);
  });

  it('keeps both sides, for each account', () => {
    const { all, books } = sell([
      { amount: 5n, bookedOn: today, effectiveOn: yesterday },
      { amount: 7n, bookedOn: today },
    ]);
    expect(all.map(({ accountId, debit: debits, credit: credits }) => [accountId, debits, credits])).toEqual([
      [1, 5n, 0n],
      [2, 0n, 5n],
    ]);
    expect(books.balances.get(2)).toMatchObject({ day: today, dayDebit: 0n, dayCredit: 7n });
  });

  it('loses nothing and counts nothing twice, whatever the days and clocks', () => {
    const day = fc.constantFrom('2026-02-27', '2026-02-28', yesterday, today, tomorrow);
    const sale = fc.record(
      { amount: fc.bigInt({ min: 1n, max: 100n }), bookedOn: day, effectiveOn: day },
      { requiredKeys: ['amount', 'bookedOn'] },
    );
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 20 }), fc.option(day), (sales, first) => {
        const { all, cash } = sell(sales, first === null ? {} : open(first, 1_000n));
        const isCash = ({ accountId }: Turnover) => accountId === 1;
        const told = all.filter(isCash).map((row): Counted => [row.effectiveDay, row.bookedDay, row.debit]);
        const kept: Counted[] = cash?.day ? [[cash.day, cash.day, cash.dayDebit]] : [];
        const before: Counted[] = first === null ? [] : [[first, first, 1_000n]];
        const given = sales.map(
          ({ amount, bookedOn, effectiveOn = bookedOn }): Counted => [effectiveOn, bookedOn, amount],
        );
        expect(totalsOf([...told, ...kept])).toEqual(totalsOf([...before, ...given]));
      }),
      { numRuns: 300 },
    );
  });

  it('gives one row at most to an account, an effective and a booked day', () => {
    const { all } = sell(
      [yesterday, today, yesterday, tomorrow, today].map((bookedOn) => ({ amount: 1n, bookedOn })),
      open(yesterday, 1n),
    );
    const keys = all.map(
      ({ accountId, effectiveDay, bookedDay }) => `${accountId} ${effectiveDay} ${bookedDay}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is a mistake of ours where the account is not locked', () => {
    const books = booksOf({ 'assets:cash': {}, 'revenue:sales': {} });
    const decisions = decideGroups(
      bookGroups([{ entries: [entryOf()] }], noon(today), 'UTC'),
      new Map(),
      books,
    );
    expect(() => foldDays(decisions, new Map())).toThrow('Lock not held for account assets:cash.');
  });
});
