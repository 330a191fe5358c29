import { LedgerError } from '../errors.ts';
import type { LockedBalance } from '../journal/balances-table.ts';
import { onNormalSide } from '../journal/limits.ts';
import { formatMinor } from '../money/money.ts';
import { type Account, type AccountStatus, assertLimits } from './account.ts';
import type { AccountAction, AccountDecision, AccountTerms, LimitChange } from './account-change.ts';

/** What somebody wants of an account that is there. */
export type WantedChange =
  | { readonly action: Exclude<AccountAction, 'open' | 'set_limits'> }
  | { readonly action: 'set_limits'; readonly limits: LimitChange };

/** For each action, what it makes of a status: another, the same, or a refusal because the account is in this state. */
const TRANSITIONS: Readonly<Record<AccountAction, Record<AccountStatus, AccountStatus | 'refused'>>> = {
  open: { open: 'open', frozen: 'frozen', closed: 'closed' },
  freeze: { open: 'frozen', frozen: 'frozen', closed: 'refused' },
  unfreeze: { open: 'open', frozen: 'open', closed: 'refused' },
  close: { open: 'closed', frozen: 'refused', closed: 'closed' },
  reopen: { open: 'open', frozen: 'refused', closed: 'open' },
  set_limits: { open: 'open', frozen: 'frozen', closed: 'refused' },
};

/** What the account comes to, or why it may not. The same terms again mean that there is nothing to change. */
export function decideChange(
  account: Account,
  balance: LockedBalance,
  wanted: WantedChange,
): AccountTerms | LedgerError {
  const { status: before, floor, ceiling } = balance;
  const status = TRANSITIONS[wanted.action][before];
  if (status === 'refused') return wrongStatus(account, before, wanted.action);
  if (wanted.action === 'close' && before !== 'closed' && !isAtZero(balance))
    return notZero(account, balance);
  if (wanted.action !== 'set_limits') return { status, floor, ceiling };
  const limits = {
    floor: wanted.limits.floor === undefined ? floor : wanted.limits.floor,
    ceiling: wanted.limits.ceiling === undefined ? ceiling : wanted.limits.ceiling,
  };
  assertLimits(limits);
  return { status, ...limits };
}

export function isSameTerms(a: AccountTerms, b: AccountTerms): boolean {
  return a.status === b.status && a.floor === b.floor && a.ceiling === b.ceiling;
}

/** @throws LedgerError `account_malformed` */
export function assertDecision(decision: AccountDecision): void {
  const isText = (value: unknown, most: number) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && value.isWellFormed();
  if (isText(decision?.by, 191) && isText(decision?.reason, 500)) return;
  throw new LedgerError('account_malformed', 'Say who decided (1 to 191 characters) and why (1 to 500).', {
    field: 'decision',
  });
}

function isAtZero({ postedDebit, postedCredit, pendingDebit, pendingCredit }: LockedBalance): boolean {
  return postedDebit === postedCredit && pendingDebit === 0n && pendingCredit === 0n;
}

function wrongStatus({ code }: Account, status: AccountStatus, action: AccountAction): LedgerError {
  const isClosed = status === 'closed';
  return new LedgerError(
    isClosed ? 'account_closed' : 'account_frozen',
    `Account ${code} is ${status}; ${isClosed ? 'reopen' : 'unfreeze'} it first.`,
    { account: code, action },
  );
}

function notZero(account: Account, balance: LockedBalance): LedgerError {
  const { posted, pendingIn, pendingOut } = onNormalSide(account, balance);
  const { code, currency } = account;
  return new LedgerError(
    'account_not_zero',
    `Account ${code} has a balance or open holds, and can be closed only at zero.`,
    {
      account: code,
      posted: formatMinor(posted, currency),
      pendingIn: formatMinor(pendingIn, currency),
      pendingOut: formatMinor(pendingOut, currency),
    },
  );
}
