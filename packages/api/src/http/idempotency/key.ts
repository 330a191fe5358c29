import { createHash } from 'node:crypto';
import { ShopError } from '../../errors.ts';

/** Equal for requests that mean the same, whatever the order of their fields. */
export function fingerprintOf(request: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest();
}

/** @throws ShopError `idempotency_conflict` when the first request with this key was another */
export function assertSameRequest(first: { readonly fingerprint: Buffer }, fingerprint: Buffer): void {
  if (first.fingerprint.equals(fingerprint)) return;
  throw keyOfAnotherRequest();
}

export function keyOfAnotherRequest(): ShopError {
  return new ShopError(
    'idempotency_conflict',
    'This Idempotency-Key came with another request before; use a fresh key for another request.',
  );
}

/** @throws ShopError `request_invalid` */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new ShopError(
    'request_invalid',
    'Idempotency-Key: must be 1 to 255 printable ASCII characters without spaces',
    {
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' }],
    },
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
