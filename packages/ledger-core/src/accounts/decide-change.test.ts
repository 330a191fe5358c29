import { describe, expect, it } from '@jest/globals';
import { booksOf } from '../../test/entries.ts';
import { refusal } from '../../test/refusal.ts';
import { LedgerError } from '../errors.ts';
import type { LockedBalance } from '../journal/balances-table.ts';
import { bookOf } from '../journal/decide.ts';
import { MAX_MINOR } from '../money/money.ts';
import type { AccountStatus } from './account.ts';
import type { AccountTerms, LimitChange } from './account-change.ts';
import { assertDecision, decideChange, isSameTerms, type WantedChange } from './decide-change.ts';

function decide(wanted: WantedChange, balance: Partial<LockedBalance> = {}): AccountTerms | LedgerError {
  const code = 'liabilities:purse';
  const book = bookOf(code, booksOf({ [code]: balance }));
  return decideChange(book.account, book.balance, wanted);
}

describe('a change of status', () => {
  const rows: [Exclude<WantedChange['action'], 'set_limits'>, AccountStatus, string][] = [
    ['freeze', 'open', 'frozen'],
    ['freeze', 'frozen', 'frozen'],
    ['freeze', 'closed', 'account_closed'],
    ['unfreeze', 'open', 'open'],
    ['unfreeze', 'frozen', 'open'],
    ['unfreeze', 'closed', 'account_closed'],
    ['close', 'open', 'closed'],
    ['close', 'frozen', 'account_frozen'],
    ['close', 'closed', 'closed'],
    ['reopen', 'open', 'open'],
    ['reopen', 'frozen', 'account_frozen'],
    ['reopen', 'closed', 'open'],
  ];
  it.each(rows)('to %s an account that is %s comes to %s', (action, status, outcome) => {
    const decided = decide({ action }, { status, floor: 5n });
    if (decided instanceof LedgerError) expect(decided.code).toBe(outcome);
    else expect(decided).toEqual({ status: outcome, floor: 5n, ceiling: null });
  });

  it.each<[string, Partial<LockedBalance>]>([
    ['a balance', { postedCredit: 1n }],
    ['money that is held to come', { pendingCredit: 1n }],
    ['money that is held to go', { pendingDebit: 1n }],
    ['holds that set each other off', { pendingDebit: 1n, pendingCredit: 1n }],
  ])('refuses to close an account with %s', (_what, balance) => {
    expect(decide({ action: 'close' }, balance)).toMatchObject({ code: 'account_not_zero' });
  });

  it('says what stands in the way of closing, on the account’s normal side', () => {
    const decided = decide(
      { action: 'close' },
      { postedCredit: 7n, postedDebit: 2n, pendingDebit: 3n, pendingCredit: 4n },
    );
    expect(decided).toMatchObject({ details: { posted: '5', pendingOut: '3', pendingIn: '4' } });
  });

  it('closes an account whose sides are equal', () => {
    expect(decide({ action: 'close' }, { postedDebit: 9n, postedCredit: 9n })).toMatchObject({
      status: 'closed',
    });
  });
});

describe('a change of limits', () => {
  const set = (limits: LimitChange, balance: Partial<LockedBalance> = {}) =>
    decide({ action: 'set_limits', limits }, balance);

  it('sets what is given, lifts what is null, and leaves what is left out', () => {
    const before = { floor: 1n, ceiling: 9n };
    expect(set({ floor: 2n }, before)).toEqual({ status: 'open', floor: 2n, ceiling: 9n });
    expect(set({ ceiling: null }, before)).toEqual({ status: 'open', floor: 1n, ceiling: null });
    expect(set({}, before)).toEqual({ status: 'open', ...before });
  });

  it('may be made while the account is frozen, not once it is closed', () => {
    expect(set({ floor: 0n }, { status: 'frozen' })).toMatchObject({ status: 'frozen', floor: 0n });
    expect(set({ floor: 0n }, { status: 'closed' })).toMatchObject({ code: 'account_closed' });
  });

  it('may leave the balance beyond the limit', () => {
    expect(set({ ceiling: 5n }, { postedCredit: 6n })).toMatchObject({ ceiling: 5n });
  });

  it.each<[unknown, string]>([
    [{ floor: 2n, ceiling: 1n }, 'account_conflict'],
    [{ floor: 10n }, 'account_conflict'],
    [{ floor: 1 }, 'account_malformed'],
    [{ ceiling: '1' }, 'account_malformed'],
    [{ ceiling: MAX_MINOR + 1n }, 'account_malformed'],
    [{ floor: -MAX_MINOR - 1n }, 'account_malformed'],
  ])('is refused for %p below a ceiling of 9', (limits, code) => {
    expect(refusal(() => set(limits as LimitChange, { ceiling: 9n })).code).toBe(code);
  });
});

describe('a decision', () => {
  it.each([
    undefined,
    null,
    {},
    { by: 'kim' },
    { by: '', reason: 'r' },
    { by: 'kim', reason: '' },
    { by: 'k'.repeat(192), reason: 'r' },
    { by: 'kim', reason: 'r'.repeat(501) },
    { by: 'kim', reason: '\ud800' },
    { by: 7, reason: 'r' },
  ])('is refused when it is %p', (decision) => {
    expect(refusal(() => assertDecision(decision as never)).code).toBe('account_malformed');
  });

  it('names somebody and a reason', () => {
    expect(() => assertDecision({ by: '김 🥬', reason: 'r'.repeat(500) })).not.toThrow();
  });
});

describe('terms', () => {
  it('are the same only when status and both limits are', () => {
    const terms: AccountTerms = { status: 'open', floor: 0n, ceiling: null };
    expect(isSameTerms(terms, { ...terms })).toBe(true);
    for (const other of [{ status: 'frozen' }, { floor: null }, { ceiling: 0n }] as const)
      expect(isSameTerms(terms, { ...terms, ...other })).toBe(false);
  });
});
