import type { Account } from '../accounts/account.ts';
import { LedgerError } from '../errors.ts';
import { MAX_MINOR } from '../money/money.ts';
import type { Day } from '../periods/business-day.ts';
import type { LockedBalance } from './balances-table.ts';
import type { Line } from './entry.ts';
import { decideLimits, movementOf } from './limits.ts';
import type { PreparedEntry } from './prepare.ts';

/** What is known of a key that has been posted. */
export interface KnownKey {
  readonly entryId: Buffer;
  readonly fingerprint: Buffer;
}

/** What deciding reads and folds forward, entry after entry. */
export interface Books {
  readonly accounts: ReadonlyMap<string, Account>;
  /** By account id; each is locked, and is folded forward by what is decided. */
  readonly balances: ReadonlyMap<number, LockedBalance>;
}

export interface DecidedLine {
  readonly account: Account;
  readonly sequence: bigint;
  readonly lineNumber: number;
  /** Signed minor units: a debit above zero, a credit below. */
  readonly amount: bigint;
  /** The account's running balance after this line, debits less credits. */
  readonly balance: bigint;
}

/** Idempotency comes before every other rule: a key that has been used answers for itself, whatever the accounts say now. */
export function decideKey(prepared: PreparedEntry, known: KnownKey): LedgerError | undefined {
  if (known.fingerprint.equals(prepared.fingerprint)) return undefined;
  return new LedgerError(
    'idempotency_conflict',
    'This idempotency key was used for an entry with another body; use a new key for a new entry.',
    {
      idempotencyKey: prepared.entry.idempotencyKey,
      fingerprint: prepared.fingerprint.toString('hex'),
      firstFingerprint: known.fingerprint.toString('hex'),
    },
  );
}

/**
 * Why the entry may not be posted, or undefined. The order of the rules is the documented precedence of rejections
 * (docs/reference/rejections.md): per rule over all lines, the earlier rule first.
 */
export function decideEntry(
  prepared: PreparedEntry,
  effectiveDay: Day,
  books: Books,
): LedgerError | undefined {
  return (
    decideAccounts(prepared, books) ??
    periodClosed(prepared, effectiveDay, books) ??
    overflow(prepared, books) ??
    beyondLimit(prepared, books)
  );
}

/** Whether the accounts are there, in the lines' currencies, and open. */
export function decideAccounts(prepared: PreparedEntry, books: Books): LedgerError | undefined {
  return unknownAccount(prepared, books) ?? wrongCurrency(prepared, books) ?? notOpen(prepared, books);
}

/** Folds an accepted entry into the balances, and gives its lines their sequences and running balances. */
export function applyEntry(prepared: PreparedEntry, books: Books): DecidedLine[] {
  return prepared.entry.lines.map(({ account: code, side, amount: { minor } }, index) => {
    const { account, balance } = bookOf(code, books);
    if (side === 'debit') balance.postedDebit += minor;
    else balance.postedCredit += minor;
    balance.lastSequence += 1n;
    return {
      account,
      sequence: balance.lastSequence,
      lineNumber: index + 1,
      amount: side === 'debit' ? minor : -minor,
      balance: balance.postedDebit - balance.postedCredit,
    };
  });
}

function unknownAccount({ entry }: PreparedEntry, { accounts, balances }: Books): LedgerError | undefined {
  const missing = entry.lines.find(({ account: code }) => !balances.has(accounts.get(code)?.accountId ?? -1));
  if (missing === undefined) return undefined;
  return new LedgerError('account_unknown', `There is no account ${missing.account}; open it first.`, {
    account: missing.account,
  });
}

function wrongCurrency({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  for (const { account: code, amount } of entry.lines) {
    const { account } = bookOf(code, books);
    if (account.currency !== amount.currency) {
      return new LedgerError(
        'currency_mismatch',
        `Account ${code} is in ${account.currency}, and the line is in ${amount.currency}.`,
        {
          account: code,
          accountCurrency: account.currency,
          lineCurrency: amount.currency,
        },
      );
    }
  }
  return undefined;
}

function notOpen({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  for (const status of ['closed', 'frozen'] as const) {
    const line = entry.lines.find(({ account }) => bookOf(account, books).balance.status === status);
    if (line !== undefined)
      return new LedgerError(`account_${status}`, `Account ${line.account} is ${status}.`, {
        account: line.account,
      });
  }
  return undefined;
}

/** All accounts of a ledger say the same, but for those that are yet to be told while days are being closed. */
function periodClosed({ entry }: PreparedEntry, effectiveDay: Day, books: Books): LedgerError | undefined {
  for (const { account } of entry.lines) {
    const { closedThrough } = bookOf(account, books).balance;
    if (closedThrough !== null && effectiveDay <= closedThrough) {
      return new LedgerError(
        'period_closed',
        `The days up to ${closedThrough} are closed, and the entry is effective on ${effectiveDay}; post it to a later day.`,
        { effectiveDay, closedThrough },
      );
    }
  }
  return undefined;
}

/** Room is kept for what is held, so that it can always be captured. */
function overflow({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  const line = entry.lines.find(({ account, side, amount: { minor } }) => {
    const { balance } = bookOf(account, books);
    const posted = side === 'debit' ? balance.postedDebit : balance.postedCredit;
    const pending = side === 'debit' ? balance.pendingDebit : balance.pendingCredit;
    return posted + (entry.captures === undefined ? pending : 0n) + minor > MAX_MINOR;
  });
  if (line === undefined) return undefined;
  return new LedgerError(
    'balance_overflow',
    `The ${line.side} total of ${line.account} would not fit in 64 bits.`,
    { account: line.account },
  );
}

/**
 * The balance that counts is the one after the whole entry, because an account may stand on both sides of it. What was held
 * before was within the limits then, so its capture asks them no more.
 */
function beyondLimit({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  if (entry.limitOverride !== undefined || entry.captures !== undefined) return undefined;
  for (const [code, change] of netChanges(entry.lines)) {
    const { account, balance } = bookOf(code, books);
    const error = decideLimits(account, balance, movementOf(account, change));
    if (error !== undefined) return error;
  }
  return undefined;
}

/** By account, debits less credits. */
function netChanges(lines: readonly Line[]): Map<string, bigint> {
  const changes = new Map<string, bigint>();
  for (const { account, side, amount } of lines) {
    changes.set(account, (changes.get(account) ?? 0n) + (side === 'debit' ? amount.minor : -amount.minor));
  }
  return changes;
}

/** The account and its locked balance. A line whose account was not locked is a mistake of ours, never of the caller. */
export function bookOf(
  code: string,
  { accounts, balances }: Books,
): { account: Account; balance: LockedBalance } {
  const account = accounts.get(code);
  const balance = account === undefined ? undefined : balances.get(account.accountId);
  if (account === undefined || balance === undefined) throw new Error(`Lock not held for account ${code}.`);
  return { account, balance };
}
