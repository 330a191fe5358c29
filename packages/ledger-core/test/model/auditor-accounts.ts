import type { AccountOpening, AccountStatus } from '../../src/index.ts';
import { type AccountBook, alter, type Books, openedBook } from './books.ts';
import { refused, type Step, type Words } from './steps.ts';

type Change = Extract<Step, { do: 'change' }>;

/** The table of docs/adr/0024-what-may-change-of-an-account.md. */
const BECOMES: Readonly<Record<Change['action'], Record<AccountStatus, AccountStatus | 'no'>>> = {
  freeze: { open: 'frozen', frozen: 'frozen', closed: 'no' },
  unfreeze: { open: 'open', frozen: 'open', closed: 'no' },
  close: { open: 'closed', frozen: 'no', closed: 'closed' },
  reopen: { open: 'open', frozen: 'no', closed: 'open' },
  set_limits: { open: 'open', frozen: 'frozen', closed: 'no' },
};

export function change(books: Books, wanted: Change): Words {
  const book = books.accounts.get(wanted.account);
  if (book === undefined) return refused('account_unknown', wanted.account);
  const status = BECOMES[wanted.action][book.status];
  if (status === 'no') return refused(`account_${book.status}`, book.code);
  if (status === 'closed' && book.status === 'open' && !isAtZero(book))
    return refused('account_not_zero', book.code);
  const { floor = book.floor, ceiling = book.ceiling } = wanted;
  if (floor !== null && ceiling !== null && floor > ceiling) return refused('account_conflict');
  alter(books, book.code, () => ({ status, floor, ceiling }));
  return `${status} ${floor} ${ceiling}`;
}

/** Those that are there stay as they are. */
export function open(books: Books, openings: readonly AccountOpening[]): Words {
  for (const opening of openings)
    if (!books.accounts.has(opening.code)) books.accounts.set(opening.code, openedBook(opening));
  return 'opened';
}

function isAtZero({ debit, credit, pendingDebit, pendingCredit }: AccountBook): boolean {
  return debit === credit && pendingDebit === 0n && pendingCredit === 0n;
}
