import { createHash } from 'node:crypto';
import { assertAccountCode } from '../accounts/account.ts';
import { isStorableInstant } from '../database/instants.ts';
import { describeRefused, LedgerError } from '../errors.ts';
import { exponentOf } from '../money/currency.ts';
import { formatMinor, MAX_MINOR } from '../money/money.ts';
import type { LimitOverride, Line, LinkedEntry } from './entry.ts';
import { fromEntryId, fromHoldId } from './entry-id.ts';
import { canonicalMetadata } from './metadata.ts';

const MAX_LINES = 5_000;

/** An entry that has been checked alone: it is well formed and balances. Whether it may be posted depends on the accounts. */
export interface PreparedEntry {
  /** A copy of what was given: nobody can unbalance it any more. */
  readonly entry: LinkedEntry;
  /** SHA-256 of the body: the same for the same entry, whoever sends it and when. */
  readonly fingerprint: Buffer;
  readonly metadata: string | null;
  readonly limitOverride: string | null;
  readonly reverses: Buffer | null;
  readonly captures: Buffer | null;
}

/** @throws LedgerError `entry_malformed`, `entry_unbalanced`, `account_code_malformed`, `currency_unknown` */
export function prepare(given: LinkedEntry): PreparedEntry {
  if (typeof given !== 'object' || given === null)
    throw malformed('entry', `is an object, not ${describeRefused(given)}`);
  const entry = { ...given };
  assertText('idempotencyKey', entry.idempotencyKey, 1, 191);
  assertText('description', entry.description ?? '', 0, 500);
  assertWord('kind', entry.kind, /^[a-z0-9._-]{1,64}$/, '1 to 64 of a-z, 0-9, dot, dash and underscore');
  if (entry.eventId !== undefined)
    assertWord('eventId', entry.eventId, /^[A-Za-z0-9-]{1,36}$/, '1 to 36 of A-Z, a-z, 0-9 and dash');
  if (entry.effectiveAt !== undefined) entry.effectiveAt = readEffectiveAt(entry.effectiveAt);
  entry.lines = readLines(entry.lines);
  assertBalanced(entry.lines);
  const metadata = canonicalMetadata(entry.metadata);
  const limitOverride = canonicalOverride(entry.limitOverride);
  return {
    entry,
    fingerprint: fingerprint(entry, metadata, limitOverride),
    metadata,
    limitOverride,
    reverses: entry.reverses === undefined ? null : fromEntryId(entry.reverses),
    captures: entry.captures === undefined ? null : fromHoldId(entry.captures),
  };
}

/**
 * An entry as its author writes it says nothing of what it reverses or captures: whoever could, would pass the limits as a capture does.
 * @throws LedgerError `entry_malformed`
 */
export function assertUntied(entry: LinkedEntry): void {
  for (const field of ['reverses', 'captures'] as const)
    if (entry?.[field] !== undefined)
      throw malformed(field, 'is written by the ledger, where an entry is reversed or a hold captured');
}

function assertText(field: string, value: unknown, least: number, most: number): void {
  if (typeof value !== 'string' || value.length < least || value.length > most || !value.isWellFormed()) {
    throw malformed(field, `is text of ${least} to ${most} characters`);
  }
}

function assertWord(field: string, value: unknown, shape: RegExp, rule: string): void {
  if (typeof value !== 'string' || !shape.test(value)) throw malformed(field, `is ${rule}`);
}

function readEffectiveAt(instant: Date): Date {
  if (!isStorableInstant(instant))
    throw malformed('effectiveAt', 'is a Date between the years 1000 and 9999');
  return new Date(instant.getTime());
}

/** Copies of the lines, because a caller may change its own while the entry is on its way. */
function readLines(lines: readonly Line[]): Line[] {
  if (!Array.isArray(lines) || lines.length < 2 || lines.length > MAX_LINES)
    throw malformed('lines', `are 2 to ${MAX_LINES}`);
  const seen = new Set<string>();
  return Array.from(lines, (line: unknown) => readLine((line ?? {}) as Line, seen));
}

function readLine({ account, side, amount }: Line, seen: Set<string>): Line {
  assertAccountCode(account);
  if (side !== 'debit' && side !== 'credit') throw malformed('side', 'is debit or credit', { account });
  const { minor, currency } = amount ?? {};
  if (typeof minor !== 'bigint' || minor <= 0n)
    throw malformed('amount', 'is Money above zero: swap the sides instead of writing a negative amount', {
      account,
    });
  if (minor > MAX_MINOR) throw malformed('amount', 'fits in 64 bits of minor units', { account });
  exponentOf(currency);
  const place = `${side} ${account}`;
  if (seen.has(place))
    throw malformed('lines', `name each account once a side; ${account} has two ${side} lines`, { account });
  seen.add(place);
  return { account, side, amount: { minor, currency } };
}

function assertBalanced(lines: readonly Line[]): void {
  const sums = new Map<string, bigint>();
  for (const { side, amount } of lines) {
    sums.set(
      amount.currency,
      (sums.get(amount.currency) ?? 0n) + (side === 'debit' ? amount.minor : -amount.minor),
    );
  }
  const off = [...sums].filter(([, sum]) => sum !== 0n);
  if (off.length === 0) return;
  const differences = Object.fromEntries(off.map(([code, sum]) => [code, formatMinor(sum, code)]));
  throw new LedgerError(
    'entry_unbalanced',
    'Debits must equal credits in each currency; debits less credits are given in details.',
    { differences },
  );
}

function canonicalOverride(override: LimitOverride | undefined): string | null {
  if (override === undefined) return null;
  assertText('limitOverride.by', override?.by, 1, 500);
  assertText('limitOverride.reason', override?.reason, 1, 500);
  return JSON.stringify({ by: override.by, reason: override.reason });
}

function fingerprint(entry: LinkedEntry, metadata: string | null, limitOverride: string | null): Buffer {
  const body = [
    entry.kind,
    entry.description ?? '',
    entry.effectiveAt?.toISOString() ?? null,
    entry.eventId ?? null,
    entry.reverses ?? null,
    entry.captures ?? null,
    limitOverride,
    entry.lines.map(({ account, side, amount }) => [account, side, amount.currency, amount.minor.toString()]),
    metadata,
  ];
  return createHash('sha256').update(JSON.stringify(body)).digest();
}

function malformed(field: string, rule: string, details: Record<string, unknown> = {}): LedgerError {
  return new LedgerError('entry_malformed', `${field} ${rule}.`, { field, ...details });
}
