import { describeRefused, LedgerError } from '../errors.ts';
import { canonicalMetadata } from '../journal/metadata.ts';
import { currency } from '../money/currency.ts';
import { MAX_MINOR } from '../money/money.ts';

/** The five kinds of account. Assets and expenses are debit by nature, the others credit. */
export type AccountType = 'asset' | 'liability' | 'equity' | 'revenue' | 'expense';
/** The side of a line, and the normal side of an account. */
export type Side = 'debit' | 'credit';
/** What an account takes: `open` everything, `frozen` nothing until it is unfrozen, `closed` nothing until it is reopened. */
export type AccountStatus = 'open' | 'frozen' | 'closed';

/** MySQL's JSON counts the value inside as a level, and stops at 100. */
export const ACCOUNT_METADATA = { code: 'account_malformed', mostBytes: 16 * 1024, mostLevels: 99 } as const;
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

/** An account with what may change of it, and what its owner keeps with it. */
export interface AccountDetails extends Account {
  readonly status: AccountStatus;
  /** The lowest and highest balance allowed, in minor units on the account's normal side; null where there is no limit. */
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly openedAt: Date;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** What it takes to open an account. */
export interface AccountOpening {
  code: string;
  type: AccountType;
  currency: string;
  /** Up to 191 characters. Defaults to the code. */
  name?: string;
  /** The lowest balance allowed, in minor units on the account's normal side: `0n` forbids going below zero. */
  floor?: bigint;
  /** The highest balance allowed, in minor units on the account's normal side. */
  ceiling?: bigint;
  /** An object as JSON writes it, at most 16 KiB: what an entry's metadata may hold. */
  metadata?: Readonly<Record<string, unknown>>;
}

export function isAccountType(value: unknown): value is AccountType {
  return ACCOUNT_TYPES.some((type) => type === value);
}

export function isAccountStatus(value: unknown): value is AccountStatus {
  return value === 'open' || value === 'frozen' || value === 'closed';
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

/** An opening that has been checked: a copy, with its metadata as text that is the same for the same metadata. */
export interface CheckedOpening extends Omit<Account, 'accountId'> {
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly metadata: string | null;
}

/** @throws LedgerError `account_code_malformed`, `account_malformed`, `currency_unknown`, `account_conflict` */
export function checkOpening(opening: AccountOpening): CheckedOpening {
  if (typeof opening !== 'object' || opening === null)
    throw malformed('opening', `is an object, not ${describeRefused(opening)}`);
  const { code, type, currency: currencyCode, name = code, floor = null, ceiling = null } = opening;
  assertAccountCode(code);
  currency(currencyCode);
  if (!isAccountType(type)) {
    throw new LedgerError('account_conflict', `An account's type is one of ${ACCOUNT_TYPES.join(', ')}.`, {
      type: String(type),
    });
  }
  assertName(name);
  assertLimits({ floor, ceiling });
  const metadata = canonicalMetadata(opening.metadata, ACCOUNT_METADATA);
  return { code, type, currency: currencyCode, name, floor, ceiling, metadata };
}

/** @throws LedgerError `account_malformed`, `account_conflict` */
export function assertLimits(limits: Pick<AccountDetails, 'floor' | 'ceiling'>): void {
  const { floor, ceiling } = limits;
  for (const [field, limit] of Object.entries({ floor, ceiling })) {
    const fits = limit === null || (typeof limit === 'bigint' && limit <= MAX_MINOR && limit >= -MAX_MINOR);
    if (!fits) throw malformed(field, 'is a bigint of minor units that fits in 64 bits');
  }
  if (floor !== null && ceiling !== null && floor > ceiling) {
    throw new LedgerError('account_conflict', 'An account cannot have a floor above its ceiling.', {
      floor: floor.toString(),
      ceiling: ceiling.toString(),
    });
  }
}

function assertName(name: unknown): void {
  const isSound = typeof name === 'string' && name.length >= 1 && name.length <= 191 && name.isWellFormed();
  if (!isSound) throw malformed('name', 'is text of 1 to 191 characters');
}

export function unknownAccount(code: string): LedgerError {
  return new LedgerError('account_unknown', `There is no account ${code}; open it first.`, { account: code });
}

function malformed(field: string, rule: string): LedgerError {
  return new LedgerError('account_malformed', `${field} ${rule}.`, { field });
}
