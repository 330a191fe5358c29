import { LedgerError } from '../errors.ts';
import { type Books, bookOf, decideAccounts } from '../journal/decide.ts';
import { credit, debit, type Line } from '../journal/entry.ts';
import { toHoldId } from '../journal/entry-id.ts';
import { decideLimits } from '../journal/limits.ts';
import type { PreparedEntry } from '../journal/prepare.ts';
import { formatMinor, MAX_MINOR, minorUnits } from '../money/money.ts';
import type { StoredHold, StoredHoldLine } from './holds-table.ts';

/** Why money may not be set aside so, or undefined: the same precedence as for an entry. */
export function decidePlacing(prepared: PreparedEntry, books: Books): LedgerError | undefined {
  return decideAccounts(prepared, books) ?? pendingOverflow(prepared, books) ?? beyondLimit(prepared, books);
}

/** Moves the pending totals by the lines of a hold, or back again. */
export function foldPending(lines: readonly Line[], books: Books, direction: 1n | -1n): void {
  for (const { account, side, amount } of lines) {
    const { balance } = bookOf(account, books);
    if (side === 'debit') balance.pendingDebit += direction * amount.minor;
    else balance.pendingCredit += direction * amount.minor;
  }
}

/** Why nothing more can be captured of a hold, or undefined. An expired hold is over, also before the job has released it. */
export function decideOpen(hold: StoredHold, now: Date): LedgerError | undefined {
  const hasExpired = hold.status === 'open' && hold.expiresAt !== null && hold.expiresAt <= now;
  if (hold.status === 'open' && !hasExpired) return undefined;
  const status = hasExpired ? 'expired' : hold.status;
  return new LedgerError('hold_closed', `Hold ${toHoldId(hold.holdId)} is ${status}; place a new one.`, {
    holdId: toHoldId(hold.holdId),
    status,
  });
}

/**
 * What remains of the hold's lines after `wanted` is captured.
 * @returns the lines with less remaining, or why so much cannot be captured
 */
export function decideCapture(
  held: readonly StoredHoldLine[],
  wanted: readonly Line[],
): StoredHoldLine[] | LedgerError {
  const rest = held.map((line) => ({ ...line }));
  for (const { account, side, amount } of wanted) {
    const line = rest.find(
      ({ code, amount: signed }) => code === account && signed > 0n === (side === 'debit'),
    );
    const remaining = line === undefined ? 0n : sizeOf(line.remaining);
    if (line === undefined || line.currency !== amount.currency || amount.minor > remaining) {
      return new LedgerError('hold_exceeded', `The hold has less left than this to ${side} ${account}.`, {
        account,
        side,
        wanted: formatMinor(amount.minor, amount.currency),
        remaining: formatMinor(remaining, line?.currency ?? amount.currency),
      });
    }
    line.remaining -= side === 'debit' ? amount.minor : -amount.minor;
  }
  return rest;
}

/** What remains, as lines of an entry. */
export function remainingLines(held: readonly StoredHoldLine[]): Line[] {
  return held
    .filter(({ remaining }) => remaining !== 0n)
    .map(({ code, currency, remaining }) =>
      remaining > 0n
        ? debit(code, minorUnits(remaining, currency))
        : credit(code, minorUnits(-remaining, currency)),
    );
}

export function isUsedUp(held: readonly StoredHoldLine[]): boolean {
  return held.every(({ remaining }) => remaining === 0n);
}

function pendingOverflow({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  const line = entry.lines.find(({ account, side, amount }) => {
    const { balance } = bookOf(account, books);
    const pending = side === 'debit' ? balance.pendingDebit : balance.pendingCredit;
    const posted = side === 'debit' ? balance.postedDebit : balance.postedCredit;
    return posted + pending + amount.minor > MAX_MINOR;
  });
  if (line === undefined) return undefined;
  return new LedgerError(
    'balance_overflow',
    `The ${line.side} total of ${line.account} would not fit in 64 bits.`,
    {
      account: line.account,
    },
  );
}

/** What a hold would bring is not there to be taken, so an account's two sides do not set each other off. */
function beyondLimit({ entry }: PreparedEntry, books: Books): LedgerError | undefined {
  if (entry.limitOverride !== undefined) return undefined;
  for (const { account: code, side, amount } of entry.lines) {
    const { account, balance } = bookOf(code, books);
    const isGrowth = (account.type === 'asset' || account.type === 'expense') === (side === 'debit');
    const movement = { incoming: isGrowth ? amount.minor : 0n, outgoing: isGrowth ? 0n : amount.minor };
    const error = decideLimits(account, balance, movement);
    if (error !== undefined) return error;
  }
  return undefined;
}

function sizeOf(signed: bigint): bigint {
  return signed < 0n ? -signed : signed;
}
