import { type Account, normalSide } from '../accounts/account.ts';
import { LedgerError } from '../errors.ts';
import { formatMinor } from '../money/money.ts';
import type { LockedBalance } from './balances-table.ts';

type Totals = Pick<LockedBalance, 'postedDebit' | 'postedCredit' | 'pendingDebit' | 'pendingCredit'>;

/** What an account takes in and gives out, on its normal side. Minor units, never below zero. */
export interface Movement {
  readonly incoming: bigint;
  readonly outgoing: bigint;
}

/** @param change debits less credits */
export function movementOf(account: Pick<Account, 'type'>, change: bigint): Movement {
  const growth = normalSide(account.type) === 'debit' ? change : -change;
  return growth > 0n ? { incoming: growth, outgoing: 0n } : { incoming: 0n, outgoing: -growth };
}

/** An account's totals as its owner reads them: growth is above zero. */
export function onNormalSide(
  { type }: Pick<Account, 'type'>,
  { postedDebit, postedCredit, pendingDebit, pendingCredit }: Totals,
): { posted: bigint; pendingIn: bigint; pendingOut: bigint } {
  return normalSide(type) === 'debit'
    ? { posted: postedDebit - postedCredit, pendingIn: pendingDebit, pendingOut: pendingCredit }
    : { posted: postedCredit - postedDebit, pendingIn: pendingCredit, pendingOut: pendingDebit };
}

/**
 * Why the account may not move so, or undefined. What open holds would take counts against the floor, and what they would
 * bring counts against the ceiling. Only the limit that the movement goes towards is asked: a movement back towards the
 * permitted range is always allowed, also when the limit was set under a balance already beyond it.
 */
export function decideLimits(
  account: Account,
  balance: LockedBalance,
  { incoming, outgoing }: Movement,
): LedgerError | undefined {
  const { posted, pendingIn, pendingOut } = onNormalSide(account, balance);
  const highest = posted + pendingIn + incoming;
  const lowest = posted - pendingOut - outgoing;
  if (incoming > 0n && balance.ceiling !== null && highest > balance.ceiling)
    return limitExceeded(account, 'ceiling', balance.ceiling, highest);
  if (outgoing > 0n && balance.floor !== null && lowest < balance.floor)
    return limitExceeded(account, 'floor', balance.floor, lowest);
  return undefined;
}

function limitExceeded(
  { code, currency }: Account,
  limit: 'floor' | 'ceiling',
  bound: bigint,
  after: bigint,
): LedgerError {
  return new LedgerError('limit_exceeded', `Account ${code} would pass its ${limit}.`, {
    account: code,
    limit,
    bound: formatMinor(bound, currency),
    balance: formatMinor(after, currency),
  });
}
