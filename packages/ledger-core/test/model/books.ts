import type { AccountOpening, AccountStatus, AccountType, HoldStatus, Line } from '../../src/index.ts';

/** An account as the auditor knows it. Minor units. */
export interface AccountBook {
  readonly code: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly pendingDebit: bigint;
  readonly pendingCredit: bigint;
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
  readonly status: AccountStatus;
}

export interface EntryBook {
  /** What has to be the same for the same key. */
  readonly body: string;
  readonly lines: readonly Line[];
  /** Line by line, what has not been reversed. */
  readonly left: readonly bigint[];
  readonly reverses?: string;
  readonly captures?: string;
}

export interface HoldBook {
  readonly body: string;
  readonly kind: string;
  readonly description: string;
  readonly lines: readonly Line[];
  /** Line by line, what has not been captured. */
  readonly remaining: readonly bigint[];
  readonly status: HoldStatus;
  readonly expiresAt: Date | undefined;
}

/** All that the auditor knows. Records are replaced and never changed, so a copy of the maps is a copy of the books. */
export interface Books {
  readonly now: Date;
  readonly accounts: Map<string, AccountBook>;
  /** By idempotency key. */
  readonly entries: Map<string, EntryBook>;
  /** By idempotency key. */
  readonly holds: Map<string, HoldBook>;
  /** Under `through`, the last business day that is closed; nothing while none is. */
  readonly closed: Map<'through', string>;
}

const MAPS = ['accounts', 'entries', 'holds', 'closed'] as const;

/** Books with nothing in them but the accounts. */
export function openBooks(openings: readonly AccountOpening[], now: Date): Books {
  const accounts = new Map(openings.map((opening) => [opening.code, openedBook(opening)]));
  return { now, accounts, entries: new Map(), holds: new Map(), closed: new Map() };
}

export function openedBook({ code, type, currency, floor, ceiling }: AccountOpening): AccountBook {
  const totals = { debit: 0n, credit: 0n, pendingDebit: 0n, pendingCredit: 0n };
  return {
    code,
    type,
    currency,
    ...totals,
    floor: floor ?? null,
    ceiling: ceiling ?? null,
    status: 'open',
  };
}

export function bookOf(books: Books, code: string): AccountBook {
  const book = books.accounts.get(code);
  if (book === undefined) throw new Error(`The auditor has no account ${code}.`);
  return book;
}

/** Changes an account of the books. */
export function alter(books: Books, code: string, change: (book: AccountBook) => Partial<AccountBook>): void {
  const book = bookOf(books, code);
  books.accounts.set(code, { ...book, ...change(book) });
}

/** Whether the job has to expire the hold. */
export function isDue(books: Books, { status, expiresAt }: HoldBook): boolean {
  return status === 'open' && expiresAt !== undefined && expiresAt <= books.now;
}

export function copyOf(books: Books, now = books.now): Books {
  return {
    now,
    accounts: new Map(books.accounts),
    entries: new Map(books.entries),
    holds: new Map(books.holds),
    closed: new Map(books.closed),
  };
}

/** Makes `books` what `other` is. */
export function become(books: Books, other: Books): void {
  for (const name of MAPS) {
    const map = books[name] as Map<string, unknown>;
    map.clear();
    for (const [key, value] of other[name]) map.set(key, value);
  }
}

/** What differs from the books of before: the same text for the same difference. */
export function differenceFrom(before: Books, books: Books): string {
  const changed: string[] = [];
  for (const name of MAPS) {
    const first: ReadonlyMap<string, unknown> = before[name];
    for (const [key, value] of books[name])
      if (first.get(key) !== value) changed.push(`${name} ${key} ${textOf(value)}`);
    if (first.size > books[name].size) changed.push(`${name} has ${books[name].size}`);
  }
  return changed.sort().join('\n');
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, part) => (typeof part === 'bigint' ? part.toString() : part));
}
