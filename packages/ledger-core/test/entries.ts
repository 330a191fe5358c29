import type { Account, AccountType } from '../src/accounts/account.ts';
import type { LockedBalance } from '../src/journal/balances-table.ts';
import type { Books } from '../src/journal/decide.ts';
import { credit, debit, type LinkedEntry } from '../src/journal/entry.ts';
import { minorUnits } from '../src/money/money.ts';

/** An entry that breaks no rule, with the fields that a test changes: 1,000 won from revenue into cash. */
export function entryOf(changes: Partial<Record<keyof LinkedEntry, unknown>> = {}): LinkedEntry {
  const won = minorUnits(1_000n, 'KRW');
  return {
    idempotencyKey: 'key-1',
    kind: 'sale',
    lines: [debit('assets:cash', won), credit('revenue:sales', won)],
    ...changes,
  } as LinkedEntry;
}

type BookOf = Partial<Omit<LockedBalance, 'accountId'>> & { readonly currency?: string };

/** Books in which the accounts named are open and locked, at zero but for what a test changes. */
export function booksOf(changes: Readonly<Record<string, BookOf>>): Books & {
  readonly balances: Map<number, LockedBalance>;
} {
  const accounts = new Map<string, Account>();
  const balances = new Map<number, LockedBalance>();
  Object.entries(changes).forEach(([code, { currency = 'KRW', ...balance }], index) => {
    const accountId = index + 1;
    accounts.set(code, { accountId, code, name: code, type: typeOf(code), currency });
    balances.set(accountId, { ...atZero(accountId), ...balance });
  });
  return { accounts, balances };
}

/** The type stands in the plural at the start of a code. */
function typeOf(code: string): AccountType {
  const types: Readonly<Record<string, AccountType>> = {
    assets: 'asset',
    liabilities: 'liability',
    equity: 'equity',
    revenue: 'revenue',
    expenses: 'expense',
  };
  return types[code.split(':')[0] ?? ''] ?? 'asset';
}

function atZero(accountId: number): LockedBalance {
  return {
    accountId,
    postedDebit: 0n,
    postedCredit: 0n,
    pendingDebit: 0n,
    pendingCredit: 0n,
    lastSequence: 0n,
    day: null,
    dayDebit: 0n,
    dayCredit: 0n,
    floor: null,
    ceiling: null,
    status: 'open',
    closedThrough: null,
  };
}
