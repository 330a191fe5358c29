import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isStorableInstant } from '../database/instants.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { LedgerError } from '../errors.ts';
import { writePending } from '../journal/balances-table.ts';
import { type Books, bookOf } from '../journal/decide.ts';
import { newEntryId, toHoldId } from '../journal/entry-id.ts';
import { lockAccountsOf, type PostingContext } from '../journal/posting.ts';
import { assertUntied, type PreparedEntry, prepare } from '../journal/prepare.ts';
import { decidePlacing, foldPending } from './decide-hold.ts';
import type { HoldRequest, PlacedHold } from './hold.ts';
import { findHoldByKey, insertHold, type NewHold, type StoredHold } from './holds-table.ts';

const MAX_TWIN_ROUNDS = 5;

/** Sets money aside in the caller's transaction. Nothing is written when it is refused. */
export async function placeHold(
  trx: Knex,
  context: PostingContext,
  request: HoldRequest,
): Promise<PlacedHold> {
  const { ledgerId } = context;
  const now = context.clock();
  // Prepare: what can be told from the request alone.
  assertUntied(request);
  const prepared = prepare(request);
  const fingerprint = fingerprintOf(prepared, request.expiresAt);

  // Lock the accounts in id order.
  const books = await lockAccountsOf(trx, context, prepared.entry.lines);

  for (let round = 1; ; round++) {
    // Decide: the key first, then time, then the accounts.
    const first = await findHoldByKey(trx, ledgerId, request.idempotencyKey);
    if (first !== undefined) return replay(first, fingerprint);
    assertExpiry(request.expiresAt, now);
    const error = decidePlacing(prepared, books);
    if (error !== undefined) throw error;

    // Write. A twin that committed meanwhile is found in the next round.
    const hold = newHold(request, { prepared, fingerprint, books, now });
    try {
      await insertHold(trx, ledgerId, hold);
    } catch (cause) {
      if (isMysqlError(cause, 'duplicateKey') && round < MAX_TWIN_ROUNDS) continue;
      throw cause;
    }
    foldPending(prepared.entry.lines, books, 1n);
    await writePending(trx, ledgerId, [...books.balances.values()]);
    return { holdId: toHoldId(hold.holdId), idempotencyKey: hold.idempotencyKey, replayed: false };
  }
}

function newHold(
  request: HoldRequest,
  {
    prepared,
    fingerprint,
    books,
    now,
  }: { prepared: PreparedEntry; fingerprint: Buffer; books: Books; now: Date },
): NewHold {
  return {
    holdId: newEntryId(now),
    idempotencyKey: request.idempotencyKey,
    fingerprint,
    kind: request.kind,
    description: request.description ?? '',
    metadata: prepared.metadata,
    limitOverride: prepared.limitOverride,
    placedAt: now,
    expiresAt: request.expiresAt ?? null,
    lines: prepared.entry.lines.map(({ account, side, amount }, index) => ({
      lineNumber: index + 1,
      accountId: bookOf(account, books).account.accountId,
      amount: side === 'debit' ? amount.minor : -amount.minor,
    })),
  };
}

function replay(first: StoredHold, fingerprint: Buffer): PlacedHold {
  const { holdId, idempotencyKey } = first;
  if (first.fingerprint.equals(fingerprint))
    return { holdId: toHoldId(holdId), idempotencyKey, replayed: true };
  throw new LedgerError(
    'idempotency_conflict',
    'This idempotency key was used for a hold with another body; use a new key for a new hold.',
    {
      idempotencyKey,
      fingerprint: fingerprint.toString('hex'),
      firstFingerprint: first.fingerprint.toString('hex'),
    },
  );
}

function assertExpiry(expiresAt: Date | undefined, now: Date): void {
  if (expiresAt === undefined) return;
  if (!isStorableInstant(expiresAt) || expiresAt <= now)
    throw new LedgerError(
      'entry_malformed',
      'expiresAt is a Date that is still to come, before the year 10000.',
      {
        field: 'expiresAt',
      },
    );
}

function fingerprintOf({ fingerprint }: PreparedEntry, expiresAt: Date | undefined): Buffer {
  const expiry = isStorableInstant(expiresAt) ? expiresAt.toISOString() : '';
  return createHash('sha256').update(fingerprint).update(expiry).digest();
}
