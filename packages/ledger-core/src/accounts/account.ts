import { describeRefused, LedgerError } from '../errors.ts';
import { currency } from '../money/currency.ts';

export type AccountType = 'asset' | 'liability' | 'equity' | 'revenue' | 'expense';
export type Side = 'debit' | 'credit';
export type AccountStatus = 'open' | 'frozen' | 'closed';

const ACCOUNT_TYPES: readonly AccountType[] = ['asset', 'liability', 'equity', 'revenue', 'expense'];

/** What an account is, which does not change once it is open. */
export interface Account {
  readonly accountId: number;
  /** A path such as `liabilities:sellers:7:pending`. */
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly currency: string;
}

/** What it takes to open an account. */
export interface AccountOpening {
  code: string;
  type: AccountType;
  currency: string;
  /** Defaults to the code. */
  name?: string;
  /** The lowest balance allowed, in minor units on the account's normal side: `0n` forbids going below zero. */
  floor?: bigint;
  /** The highest balance allowed, in minor units on the account's normal side. */
  ceiling?: bigint;
}

/** The side on which an account of this type grows. */
export function normalSide(type: AccountType): Side {
  return type === 'asset' || type === 'expense' ? 'debit' : 'credit';
}

/** @throws LedgerError `account_code_malformed` */
export function assertAccountCode(code: unknown): asserts code is string {
  if (typeof code !== 'string' || code.length > 191 || !/^[a-z0-9_-]+(:[a-z0-9_-]+)*$/.test(code)) {
    throw new LedgerError(
      'account_code_malformed',
      'An account code is up to 191 characters of a-z, 0-9, _ and -, in parts joined by colons, such as assets:cash.',
      { code: typeof code === 'string' ? code.slice(0, 200) : describeRefused(code) },
    );
  }
}

/** @throws LedgerError `account_code_malformed`, `currency_unknown`, `account_conflict` */
export function assertOpening(opening: AccountOpening): void {
  assertAccountCode(opening.code);
  currency(opening.currency);
  if (!ACCOUNT_TYPES.includes(opening.type)) {
    throw new LedgerError('account_conflict', `An account's type is one of ${ACCOUNT_TYPES.join(', ')}.`, {
      type: String(opening.type),
    });
  }
  if (opening.floor !== undefined && opening.ceiling !== undefined && opening.floor > opening.ceiling) {
    throw new LedgerError('account_conflict', 'An account cannot have a floor above its ceiling.', {
      floor: opening.floor.toString(),
      ceiling: opening.ceiling.toString(),
    });
  }
}
