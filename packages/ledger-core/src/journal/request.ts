import { describeRefused, isLedgerError, LedgerError } from '../errors.ts';
import type { Line, LinkedEntry } from './entry.ts';
import { prepare } from './prepare.ts';

/** What a capture and a reversal ask for, beside which hold or entry. */
interface Request {
  readonly idempotencyKey: string;
  readonly lines?: readonly Line[];
}

/**
 * For callers without types: that a request has the shape by which it can be held against what is stored. What its values may be is
 * asked later, with the rules of an entry.
 * @throws LedgerError `entry_malformed`
 */
export function assertRequest(request: Request): void {
  if (typeof request !== 'object' || request === null)
    throw malformed('request', `is an object, not ${describeRefused(request)}`);
  const { idempotencyKey, lines } = request;
  if (typeof idempotencyKey !== 'string')
    throw malformed('idempotencyKey', `is text, not ${describeRefused(idempotencyKey)}`);
  if (lines === undefined) return;
  if (!Array.isArray(lines)) throw malformed('lines', `are a list, not ${describeRefused(lines)}`);
  if (!lines.every(hasAmount))
    throw malformed('lines', 'have each an account, a side and an amount of Money');
}

/** What the request would be known by; undefined where its values could not be posted at all. */
export function fingerprintOf(entry: LinkedEntry): Buffer | undefined {
  try {
    return prepare(entry).fingerprint;
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** A request without lines means all that is left, and so has no fingerprint of its own. */
export function usedForAnother(
  idempotencyKey: string,
  fingerprint: Buffer | undefined,
  first: Buffer,
): LedgerError {
  return new LedgerError(
    'idempotency_conflict',
    'This idempotency key was used for another entry; use a new key.',
    {
      idempotencyKey,
      ...(fingerprint === undefined ? {} : { fingerprint: fingerprint.toString('hex') }),
      firstFingerprint: first.toString('hex'),
    },
  );
}

function hasAmount(line: Partial<Line> | null | undefined): boolean {
  return typeof line?.amount?.minor === 'bigint' && typeof line.amount.currency === 'string';
}

function malformed(field: string, rule: string): LedgerError {
  return new LedgerError('entry_malformed', `${field} ${rule}.`, { field });
}
