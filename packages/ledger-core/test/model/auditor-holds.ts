import { credit, debit, type Entry, type HoldRequest, type Line, minorUnits } from '../../src/index.ts';
import {
  accountsObject,
  bodyOf,
  debitsOf,
  limitsObject,
  post,
  sizeOf,
  type Tie,
  totalsObject,
  unsoundness,
} from './auditor.ts';
import { alter, type Books, type HoldBook, isDue } from './books.ts';
import { refused, type Step, type Words } from './steps.ts';

/* The auditor of holds and reversals, from the last part of docs/reference/rejections.md. */

/** The rules of an entry, but its two sides do not set each other off; after its key, the expiry has to lie ahead. */
export function hold(books: Books, request: HoldRequest): Words {
  const unsound = unsoundness(request);
  if (unsound !== undefined) return unsound;
  const { idempotencyKey, lines, kind, description = '', expiresAt, limitOverride } = request;
  const body = `${bodyOf(request)} ${expiresAt?.getTime()}`;
  const first = books.holds.get(idempotencyKey);
  if (first !== undefined) return first.body === body ? 'replayed' : refused('idempotency_conflict');
  if (expiresAt !== undefined && expiresAt <= books.now) return refused('entry_malformed', 'expiresAt');
  const objection =
    accountsObject(books, lines) ??
    totalsObject(books, lines) ??
    (limitOverride === undefined
      ? limitsObject(
          books,
          lines.map((line) => [line.account, debitsOf(line)] as const),
        )
      : undefined);
  if (objection !== undefined) return objection;
  movePending(books, lines, 1n);
  books.holds.set(idempotencyKey, {
    body,
    kind,
    description,
    lines,
    remaining: lines.map(sizeOf),
    status: 'open',
    expiresAt,
  });
  return 'held';
}

export function capture(books: Books, step: Extract<Step, { do: 'capture' }>): Words {
  const { hold: key, request } = step;
  const held = books.holds.get(key);
  if (held === undefined) return refused('hold_unknown');
  const { kind, description } = held;
  const entry = { kind, description, ...request, lines: request.lines ?? remainingOf(held) };
  const again = usedBefore(books, entry, { captures: key }, request.lines === undefined);
  if (again !== undefined) return again === 'replayed' ? `replayed, ${held.status}` : again;
  const status = isDue(books, held) ? 'expired' : held.status;
  if (status !== 'open') return refused('hold_closed', status);
  const rest = take(held.lines, held.remaining, entry.lines);
  if (!Array.isArray(rest)) return refused('hold_exceeded', rest.exceeded);
  const outcome = post(books, entry, { captures: key });
  if (outcome !== 'posted') return outcome;
  const isOver = request.final === true || extent(rest) === 'whole';
  movePending(books, isOver ? remainingOf(held) : entry.lines, -1n);
  const after: HoldBook = isOver
    ? { ...held, status: 'captured', remaining: rest.map(() => 0n) }
    : { ...held, remaining: rest };
  books.holds.set(key, after);
  return `posted, ${after.status}`;
}

export function release(books: Books, key: string): Words {
  const held = books.holds.get(key);
  if (held === undefined) return refused('hold_unknown');
  if (held.status === 'captured') return refused('hold_closed', 'captured');
  if (held.status === 'open') giveBack(books, key, held, 'released');
  return held.status === 'open' ? 'released' : held.status;
}

/** What the job does to one hold. */
export function expire(books: Books, key: string): Words {
  const held = books.holds.get(key);
  if (held === undefined || !isDue(books, held)) return 'not due';
  giveBack(books, key, held, 'expired');
  return 'expired';
}

/** Never more than is left of the entry. */
export function reverse(books: Books, step: Extract<Step, { do: 'reverse' }>): Words {
  const { entry: key, request } = step;
  const reversed = books.entries.get(key);
  if (reversed === undefined) return refused('entry_unknown');
  const { left } = reversed;
  const lines = request.lines ?? opposites(reversed.lines, left);
  const entry = { kind: 'reversal', description: `Reverses ${key}`, ...request, lines };
  const again = usedBefore(books, entry, { reverses: key }, request.lines === undefined);
  if (again !== undefined) return again === 'replayed' ? `replayed, ${extent(left)}` : again;
  if (request.lines === undefined && lines.length === 0) return refused('reversal_exceeded');
  const rest = take(opposites(reversed.lines, reversed.lines.map(sizeOf)), left, lines);
  if (!Array.isArray(rest)) return refused('reversal_exceeded', rest.exceeded);
  const outcome = post(books, entry, { reverses: key });
  if (outcome !== 'posted') return outcome;
  books.entries.set(key, { ...reversed, left: rest });
  return `posted, ${extent(rest)}`;
}

function extent(left: readonly bigint[]): 'whole' | 'part' {
  return left.every((size) => size === 0n) ? 'whole' : 'part';
}

/** A request without lines means all that there was then, so what it is tied to alone tells whether it is the same. */
function usedBefore(books: Books, entry: Entry, tie: Tie, isWhole: boolean): Words | undefined {
  const first = books.entries.get(entry.idempotencyKey);
  if (first === undefined) return undefined;
  const isTied = first.reverses === tie.reverses && first.captures === tie.captures;
  return isTied && (isWhole || first.body === bodyOf(entry, tie))
    ? 'replayed'
    : refused('idempotency_conflict');
}

/** Line by line what is left once the wanted lines are taken, or the first place that has less than is wanted. */
function take(
  lines: readonly Line[],
  left: readonly bigint[],
  wanted: readonly Line[],
): bigint[] | { exceeded: string } {
  const rest = [...left];
  for (const { account, side, amount } of wanted) {
    const index = lines.findIndex((line) => line.account === account && line.side === side);
    const after = (rest[index] ?? -1n) - amount.minor;
    if (lines[index]?.amount.currency !== amount.currency || after < 0n)
      return { exceeded: `${side} ${account}` };
    rest[index] = after;
  }
  return rest;
}

function remainingOf({ lines, remaining }: HoldBook): Line[] {
  return lines.flatMap((line, index) => {
    const left = remaining[index] ?? 0n;
    return left === 0n ? [] : [{ ...line, amount: minorUnits(left, line.amount.currency) }];
  });
}

function opposites(lines: readonly Line[], left: readonly bigint[]): Line[] {
  return lines.flatMap(({ account, side, amount }, index) => {
    const size = left[index] ?? 0n;
    if (size === 0n) return [];
    const money = minorUnits(size, amount.currency);
    return [side === 'debit' ? credit(account, money) : debit(account, money)];
  });
}

function giveBack(books: Books, key: string, held: HoldBook, status: 'released' | 'expired'): void {
  movePending(books, remainingOf(held), -1n);
  books.holds.set(key, { ...held, status, remaining: held.remaining.map(() => 0n) });
}

function movePending(books: Books, lines: readonly Line[], direction: 1n | -1n): void {
  for (const { account, side, amount } of lines)
    alter(books, account, (book) =>
      side === 'debit'
        ? { pendingDebit: book.pendingDebit + direction * amount.minor }
        : { pendingCredit: book.pendingCredit + direction * amount.minor },
    );
}
