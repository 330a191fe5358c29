import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booksOf } from '../../test/entries.ts';
import type { LockedBalance } from './balances-table.ts';
import { bookOf } from './decide.ts';
import { decideLimits, movementOf, onNormalSide } from './limits.ts';

type Changes = Parameters<typeof booksOf>[0][string];

/** Whether an account in the given state may move by so much on its normal side. */
function moved(code: string, state: Changes, growth: bigint) {
  const { account, balance } = bookOf(code, booksOf({ [code]: state }));
  return decideLimits(
    account,
    balance,
    growth > 0n ? { incoming: growth, outgoing: 0n } : { incoming: 0n, outgoing: -growth },
  );
}

function after({ postedDebit, postedCredit }: LockedBalance, change: bigint): Partial<LockedBalance> {
  return change > 0n ? { postedDebit: postedDebit + change } : { postedCredit: postedCredit - change };
}

describe('movementOf', () => {
  it.each([
    ['asset', 5n, { incoming: 5n, outgoing: 0n }],
    ['expense', -5n, { incoming: 0n, outgoing: 5n }],
    ['liability', -5n, { incoming: 5n, outgoing: 0n }],
    ['equity', 5n, { incoming: 0n, outgoing: 5n }],
    ['revenue', -5n, { incoming: 5n, outgoing: 0n }],
    ['asset', 0n, { incoming: 0n, outgoing: 0n }],
  ] as const)('of an %s by debits less credits of %p', (type, change, movement) => {
    expect(movementOf({ type }, change)).toEqual(movement);
  });
});

describe('onNormalSide', () => {
  const totals = { postedDebit: 7n, postedCredit: 2n, pendingDebit: 3n, pendingCredit: 1n };
  it.each([
    ['asset', { posted: 5n, pendingIn: 3n, pendingOut: 1n }],
    ['expense', { posted: 5n, pendingIn: 3n, pendingOut: 1n }],
    ['liability', { posted: -5n, pendingIn: 1n, pendingOut: 3n }],
    ['equity', { posted: -5n, pendingIn: 1n, pendingOut: 3n }],
    ['revenue', { posted: -5n, pendingIn: 1n, pendingOut: 3n }],
  ] as const)('reads an %s as its owner does', (type, read) => {
    expect(onNormalSide({ type }, totals)).toEqual(read);
  });
});

describe('decideLimits', () => {
  const wallet = 'liabilities:wallet';
  it.each<[string, string, Changes, bigint]>([
    ['anything without a limit', wallet, {}, -(10n ** 30n)],
    ['down to a floor', wallet, { postedCredit: 10n, floor: 0n }, -10n],
    ['up to a ceiling', wallet, { postedCredit: 10n, ceiling: 15n }, 5n],
    ['into an overdraft, down to its end', wallet, { floor: -100n }, -100n],
    ['an asset down to its floor', 'assets:cash', { postedDebit: 10n, floor: 0n }, -10n],
    ['up, below a floor set above it', wallet, { postedCredit: 10n, floor: 50n }, 5n],
    ['down, above a ceiling set below it', wallet, { postedCredit: 90n, ceiling: 50n }, -5n],
    ['nowhere, beyond both', wallet, { postedCredit: 90n, floor: 100n, ceiling: 50n }, 0n],
    ['down what holds leave', wallet, { postedCredit: 10n, pendingDebit: 4n, floor: 0n }, -6n],
    ['up what holds leave', wallet, { pendingCredit: 4n, ceiling: 10n }, 6n],
    ['down whatever holds would bring', wallet, { postedCredit: 10n, pendingCredit: 90n, ceiling: 10n }, -1n],
  ])('lets go %s', (_, code, state, growth) => {
    expect(moved(code, state, growth)).toBeUndefined();
  });

  it.each<[string, string, Changes, bigint, string, string]>([
    ['below a floor', wallet, { postedCredit: 10n, floor: 0n }, -11n, 'floor', '-1'],
    ['above a ceiling', wallet, { postedCredit: 10n, ceiling: 15n }, 6n, 'ceiling', '16'],
    ['past an overdraft', wallet, { floor: -100n }, -101n, 'floor', '-101'],
    ['an asset below its floor', 'assets:cash', { postedDebit: 10n, floor: 0n }, -11n, 'floor', '-1'],
    ['further below a floor', wallet, { postedCredit: 10n, floor: 50n }, -1n, 'floor', '9'],
    ['further above a ceiling', wallet, { postedCredit: 90n, ceiling: 50n }, 1n, 'ceiling', '91'],
    ['into what is held', wallet, { postedCredit: 10n, pendingDebit: 4n, floor: 0n }, -7n, 'floor', '-1'],
    ['into room that is held', wallet, { pendingCredit: 4n, ceiling: 10n }, 7n, 'ceiling', '11'],
    ['into what a hold would only bring', wallet, { pendingCredit: 90n, floor: 0n }, -1n, 'floor', '-1'],
  ])('does not let go %s', (_, code, state, growth, limit, balance) => {
    const bound = String(limit === 'floor' ? state.floor : state.ceiling);
    expect(moved(code, state, growth)).toMatchObject({
      code: 'limit_exceeded',
      details: { account: code, limit, bound, balance },
    });
  });

  it('tells amounts in major units', () => {
    expect(moved(wallet, { floor: -150n, currency: 'USD' }, -151n)?.details).toMatchObject({
      bound: '-1.50',
      balance: '-1.51',
    });
  });

  it('keeps a balance within its limits, whatever moves it', () => {
    const step = fc.bigInt({ min: -50n, max: 50n });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 50 }),
        fc.constantFrom('assets:a', 'revenue:b'),
        (steps, code) => {
          const { account, balance } = bookOf(code, booksOf({ [code]: { floor: -20n, ceiling: 100n } }));
          for (const change of steps) {
            if (decideLimits(account, balance, movementOf(account, change)) === undefined)
              Object.assign(balance, after(balance, change));
            const { posted } = onNormalSide(account, balance);
            expect(posted >= -20n && posted <= 100n).toBe(true);
          }
        },
      ),
    );
  });
});
