import type { Entry, LimitOverride, Line } from '../../src/index.ts';
import { type AccountBook, alter, type Books, become, bookOf, copyOf, type EntryBook } from './books.ts';
import { refused, type Words } from './steps.ts';

/*
 * The auditor of entries: a second ledger in memory, written from docs/reference/rejections.md and not from the library's code,
 * of which it takes types alone. Each function tells the outcome and changes the books as it says.
 */

const MOST = 2n ** 63n - 1n;

/** What ties an entry to the entry that it reverses or the hold that it captures. */
export interface Tie {
  readonly reverses?: string;
  readonly captures?: string;
}

/** The rules in their documented order: of the entry alone, of its key, of its accounts. */
export function post(books: Books, entry: Entry, tie: Tie = {}): Words {
  const unsound = unsoundness(entry);
  if (unsound !== undefined) return unsound;
  const body = bodyOf(entry, tie);
  const first = books.entries.get(entry.idempotencyKey);
  if (first !== undefined) return first.body === body ? 'replayed' : refused('idempotency_conflict');
  const objection =
    accountsObject(books, entry.lines) ??
    dayObjects(books, entry) ??
    totalsObject(books, entry.lines, tie) ??
    (entry.limitOverride === undefined && tie.captures === undefined
      ? limitsObject(books, netMoves(entry.lines))
      : undefined);
  if (objection !== undefined) return objection;
  for (const { account, side, amount } of entry.lines)
    alter(books, account, (book) => ({ [side]: book[side] + amount.minor }));
  const { lines } = entry;
  books.entries.set(entry.idempotencyKey, { body, lines, left: lines.map(sizeOf), ...tie } as EntryBook);
  return 'posted';
}

/** Each entry is decided after those before it, and a rejected one is rejected alone. */
export function postBatch(books: Books, entries: readonly Entry[]): Words {
  return entries.map((entry) => post(books, entry)).join(', ');
}

/** All or none: the first rejection is that of the group, and says which entry it was. */
export function postLinked(books: Books, entries: readonly Entry[]): Words {
  const draft = copyOf(books);
  const outcomes = entries.map((entry) => post(draft, entry));
  const index = outcomes.findIndex((outcome) => outcome !== 'posted' && outcome !== 'replayed');
  if (index >= 0) return entries.length === 1 ? `${outcomes[0]}` : `${outcomes[index]} at ${index}`;
  become(books, draft);
  return outcomes.join(', ');
}

/** Part 1 of the rejections, as far as the workload breaks them. */
export function unsoundness({ lines }: Pick<Entry, 'lines'>): Words | undefined {
  if (lines.length < 2) return refused('entry_malformed', 'lines');
  const places = new Set<string>();
  const sums = new Map<string, bigint>();
  for (const { account, side, amount } of lines) {
    if (!/^[a-z0-9_:-]+$/.test(account)) return refused('account_code_malformed');
    if (amount.minor <= 0n) return refused('entry_malformed', 'amount');
    if (places.has(`${side} ${account}`)) return refused('entry_malformed', 'lines');
    places.add(`${side} ${account}`);
    const signed = side === 'debit' ? amount.minor : -amount.minor;
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + signed);
  }
  return [...sums.values()].every((sum) => sum === 0n) ? undefined : refused('entry_unbalanced');
}

/** Part 3 up to 3.4: each rule is asked of all lines before the next. */
export function accountsObject(books: Books, lines: readonly Line[]): Words | undefined {
  const rules: readonly [string, (book: AccountBook | undefined, line: Line) => boolean][] = [
    ['account_unknown', (book) => book === undefined],
    ['currency_mismatch', (book, { amount }) => book?.currency !== amount.currency],
    ['account_closed', (book) => book?.status === 'closed'],
    ['account_frozen', (book) => book?.status === 'frozen'],
  ];
  for (const [code, breaks] of rules) {
    const line = lines.find((one) => breaks(books.accounts.get(one.account), one));
    if (line !== undefined) return refused(code, line.account);
  }
  return undefined;
}

/** 3.5. */
function dayObjects(books: Books, { effectiveAt }: Pick<Entry, 'effectiveAt'>): Words | undefined {
  const through = books.closed.get('through');
  const day = dayOf(effectiveAt ?? books.now);
  return through !== undefined && day <= through ? refused('period_closed', day, through) : undefined;
}

/** The business day in Seoul, which is nine hours ahead all year. */
export function dayOf(instant: Date): string {
  return new Date(instant.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** 3.6. What is held is kept room for; a capture takes the room that its hold was given. */
export function totalsObject(books: Books, lines: readonly Line[], tie: Tie = {}): Words | undefined {
  const line = lines.find(({ account, side, amount }) => {
    const book = bookOf(books, account);
    const pending = side === 'debit' ? book.pendingDebit : book.pendingCredit;
    return book[side] + (tie.captures === undefined ? pending : 0n) + amount.minor > MOST;
  });
  return line === undefined ? undefined : refused('balance_overflow', line.account);
}

/** What an account gains (above zero) or loses on its debit side. */
export type Move = readonly [account: string, debits: bigint];

/** 3.7. */
export function limitsObject(books: Books, moves: Iterable<Move>): Words | undefined {
  for (const [code, debits] of moves) {
    const objection = limitObjects(bookOf(books, code), debits);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

/** Only the limit that the entry moves towards is asked, with what is held counted in. */
function limitObjects(book: AccountBook, debits: bigint): Words | undefined {
  const { floor, ceiling } = book;
  const { posted, coming, going } = onNormalSide(book);
  const growth = growsByDebit(book) ? debits : -debits;
  const highest = posted + coming + growth;
  const lowest = posted - going + growth;
  const told = (limit: string, ...amounts: readonly bigint[]) =>
    refused('limit_exceeded', book.code, limit, ...amounts.map((minor) => major(minor, book.currency)));
  if (growth > 0n && ceiling !== null && highest > ceiling) return told('ceiling', ceiling, highest);
  if (growth < 0n && floor !== null && lowest < floor) return told('floor', floor, lowest);
  return undefined;
}

function growsByDebit({ type }: AccountBook): boolean {
  return type === 'asset' || type === 'expense';
}

/** What the account holds, and what its open holds would bring and take, as its owner reads it. */
export function onNormalSide(book: AccountBook): Record<'posted' | 'coming' | 'going', bigint> {
  const { debit, credit, pendingDebit, pendingCredit } = book;
  return growsByDebit(book)
    ? { posted: debit - credit, coming: pendingDebit, going: pendingCredit }
    : { posted: credit - debit, coming: pendingCredit, going: pendingDebit };
}

/** An account may stand on both sides of an entry: the balance after the whole entry counts. */
function netMoves(lines: readonly Line[]): Map<string, bigint> {
  const moves = new Map<string, bigint>();
  for (const line of lines) moves.set(line.account, (moves.get(line.account) ?? 0n) + debitsOf(line));
  return moves;
}

export function debitsOf({ side, amount }: Line): bigint {
  return side === 'debit' ? amount.minor : -amount.minor;
}

export function sizeOf({ amount }: Line): bigint {
  return amount.minor;
}

/** The body is everything but the key. */
export function bodyOf(entry: Omit<Entry, 'idempotencyKey'>, tie: Tie = {}): string {
  const { kind, description = '', effectiveAt, eventId, lines, limitOverride, metadata } = entry;
  return JSON.stringify([
    kind,
    description,
    effectiveAt?.getTime() ?? null,
    eventId ?? null,
    lines.map(({ account, side, amount }) => [account, side, amount.currency, `${amount.minor}`]),
    overrideText(limitOverride),
    metadata ?? null,
    tie,
  ]);
}

function overrideText(override: LimitOverride | undefined): string | null {
  return override === undefined ? null : `${override.by}\n${override.reason}`;
}

/** Minor units as text in major units, for the currencies of the workload. */
export function major(minor: bigint, currency: string): string {
  if (currency === 'KRW') return `${minor}`;
  const digits = `${minor < 0n ? -minor : minor}`.padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
