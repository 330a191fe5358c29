import { describe, expect, it } from '@jest/globals';
import { booksOf, entryOf } from '../../test/entries.ts';
import { MAX_MINOR, minorUnits } from '../money/money.ts';
import { parseDay } from '../periods/business-day.ts';
import { applyEntry, type Books, bookOf, decideAccounts, decideEntry, decideKey } from './decide.ts';
import { credit, debit, type Line } from './entry.ts';
import { type PreparedEntry, prepare } from './prepare.ts';

const TODAY = parseDay('2026-11-24');
const refusalOf = (entry: PreparedEntry, books: Books) => decideEntry(entry, TODAY, books);
const won = (minor: bigint) => minorUnits(minor, 'KRW');
const lines = (...given: Line[]) => prepare(entryOf({ lines: given }));
const sale = lines(debit('assets:cash', won(5n)), credit('revenue:sales', won(5n)));
/** Money that goes round: out of an account and back into it. */
const round = lines(
  debit('assets:cash', won(5n)),
  credit('assets:cash', won(3n)),
  credit('revenue:sales', won(2n)),
);

describe('decideKey', () => {
  it('takes the same body as the same entry', () => {
    const { fingerprint } = prepare(entryOf({ idempotencyKey: 'another' }));
    expect(decideKey(prepare(entryOf()), { entryId: Buffer.alloc(16), fingerprint })).toBeUndefined();
  });

  it('refuses another body, and shows both fingerprints', () => {
    const fingerprint = Buffer.alloc(32, 0xab);
    expect(decideKey(sale, { entryId: Buffer.alloc(16), fingerprint })).toMatchObject({
      code: 'idempotency_conflict',
      details: {
        idempotencyKey: 'key-1',
        fingerprint: sale.fingerprint.toString('hex'),
        firstFingerprint: 'ab'.repeat(32),
      },
    });
  });
});

describe('decideEntry', () => {
  it('lets an entry pass whose accounts are open and have room', () => {
    expect(refusalOf(sale, booksOf({ 'assets:cash': {}, 'revenue:sales': {} }))).toBeUndefined();
  });

  it('takes an account that is known and not locked as unknown', () => {
    const books = booksOf({ 'assets:cash': {}, 'revenue:sales': {} });
    books.balances.delete(2);
    expect(refusalOf(sale, books)).toMatchObject({
      code: 'account_unknown',
      details: { account: 'revenue:sales' },
    });
  });

  it('names the first line that breaks a rule', () => {
    expect(refusalOf(sale, booksOf({}))?.details).toEqual({ account: 'assets:cash' });
    const books = booksOf({ 'assets:cash': { currency: 'USD' }, 'revenue:sales': { currency: 'EUR' } });
    expect(refusalOf(sale, books)?.details).toEqual({
      account: 'assets:cash',
      accountCurrency: 'USD',
      lineCurrency: 'KRW',
    });
  });

  it('asks the limit of the balance after the whole entry', () => {
    const room = (ceiling: bigint) => booksOf({ 'assets:cash': { ceiling }, 'revenue:sales': {} });
    expect(refusalOf(round, room(2n))).toBeUndefined();
    expect(refusalOf(round, room(1n))).toMatchObject({
      code: 'limit_exceeded',
      details: { account: 'assets:cash', limit: 'ceiling', bound: '1', balance: '2' },
    });
  });

  it('asks for room in each total, although the balance might have it', () => {
    const full = { postedDebit: MAX_MINOR - 4n, postedCredit: MAX_MINOR - 4n };
    expect(refusalOf(round, booksOf({ 'assets:cash': full, 'revenue:sales': {} }))).toMatchObject({
      code: 'balance_overflow',
      details: { account: 'assets:cash' },
    });
    const justEnough = { postedDebit: MAX_MINOR - 5n, postedCredit: MAX_MINOR - 3n };
    expect(refusalOf(round, booksOf({ 'assets:cash': justEnough, 'revenue:sales': {} }))).toBeUndefined();
  });

  it('keeps room in each total for what is held, and lets its capture take that room', () => {
    const held = { postedDebit: MAX_MINOR - 9n, pendingDebit: 5n };
    const books = booksOf({ 'assets:cash': held, 'revenue:sales': {} });
    expect(refusalOf(sale, books)?.code).toBe('balance_overflow');
    const capture = prepare(entryOf({ lines: sale.entry.lines, captures: `hld_${'0b'.repeat(16)}` }));
    expect(refusalOf(capture, books)).toBeUndefined();
  });

  it.each([
    ['an override', { limitOverride: { by: 'chief', reason: 'on the record' } }],
    ['a capture, which was within the limits when it was held', { captures: `hld_${'0b'.repeat(16)}` }],
  ])('lets %s pass a limit, and nothing else', (_, changes) => {
    const prepared = prepare(entryOf({ lines: sale.entry.lines, ...changes }));
    const books = (cash: object) => booksOf({ 'assets:cash': { ceiling: 0n, ...cash }, 'revenue:sales': {} });
    expect(refusalOf(sale, books({}))?.code).toBe('limit_exceeded');
    expect(refusalOf(prepared, books({}))).toBeUndefined();
    expect(refusalOf(prepared, books({ status: 'frozen' }))?.code).toBe('account_frozen');
    expect(refusalOf(prepared, books({ postedDebit: MAX_MINOR }))?.code).toBe('balance_overflow');
  });
});

describe('decideAccounts', () => {
  it('asks nothing of totals and limits', () => {
    const cash = { ceiling: 0n, postedDebit: MAX_MINOR };
    expect(decideAccounts(sale, booksOf({ 'assets:cash': cash, 'revenue:sales': {} }))).toBeUndefined();
  });
});

describe('applyEntry', () => {
  it('continues sequences and running balances line by line', () => {
    const books = booksOf({
      'assets:cash': { postedDebit: 100n, postedCredit: 40n, lastSequence: 8n },
      'revenue:sales': {},
    });
    const applied = applyEntry(round, books).map(({ account, ...line }) => ({ code: account.code, ...line }));
    expect(applied).toEqual([
      { code: 'assets:cash', sequence: 9n, lineNumber: 1, amount: 5n, balance: 65n },
      { code: 'assets:cash', sequence: 10n, lineNumber: 2, amount: -3n, balance: 62n },
      { code: 'revenue:sales', sequence: 1n, lineNumber: 3, amount: -2n, balance: -2n },
    ]);
    expect(bookOf('assets:cash', books).balance).toMatchObject({
      postedDebit: 105n,
      postedCredit: 43n,
      lastSequence: 10n,
    });
  });

  it('is a mistake of ours, without a code, where the account is not locked', () => {
    expect(() => applyEntry(sale, booksOf({}))).toThrow('Lock not held for account assets:cash.');
  });
});
