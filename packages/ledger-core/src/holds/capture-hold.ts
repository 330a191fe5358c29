import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { writePending } from '../journal/balances-table.ts';
import { findPostedKey } from '../journal/entries-table.ts';
import type { Line, LinkedEntry } from '../journal/entry.ts';
import { fromHoldId, toEntryId, toHoldId } from '../journal/entry-id.ts';
import { lockAccountsOf, type PostingContext, postGroups } from '../journal/posting.ts';
import { assertRequest, fingerprintOf, usedForAnother } from '../journal/request.ts';
import { decideCapture, decideOpen, foldPending, isUsedUp, remainingLines } from './decide-hold.ts';
import type { Capture, CaptureRequest, HoldStatus } from './hold.ts';
import { closeHold, lockHold, readHoldLines, type StoredHold, writeRemaining } from './holds-table.ts';

/** Posts what was held, or a part of it, in the caller's transaction. Nothing is written when it is refused. */
export async function captureHold(
  trx: Knex,
  context: PostingContext,
  request: CaptureRequest,
): Promise<Capture> {
  const { ledgerId } = context;
  assertRequest(request);
  // Lock the hold, then its accounts: every path takes them in this order.
  const hold = await lockHold(trx, ledgerId, fromHoldId(request.holdId));
  if (hold === undefined) throw unknownHold(request.holdId);
  const held = await readHoldLines(trx, ledgerId, hold.holdId);
  const books = await lockAccountsOf(trx, context, remainingLines(held));

  // Decide: a key that has been used answers for itself, whatever has become of the hold since.
  const first = await findPostedKey(trx, ledgerId, request.idempotencyKey);
  if (first !== undefined) return replay(request, hold, first);
  const now = context.clock();
  const closed = decideOpen(hold, now);
  if (closed !== undefined) throw closed;
  const lines = request.lines ?? remainingLines(held);
  const entry = entryOf(request, hold, lines);
  const rest = decideCapture(held, lines);
  if (rest instanceof LedgerError) throw rest;

  const [outcome] = (await postGroups(trx, context, [{ entries: [entry], isTied: true }])).flat();
  if (outcome === undefined) throw new Error('Posting gave no outcome.');
  if (outcome.status === 'rejected') throw outcome.error;

  // Write: what is captured is pending no more, and what is released with it neither.
  const isOver = request.final === true || isUsedUp(rest);
  foldPending(isOver ? remainingLines(held) : lines, books, -1n);
  await writePending(trx, ledgerId, [...books.balances.values()]);
  await writeRemaining(
    trx,
    ledgerId,
    hold.holdId,
    isOver ? rest.map((line) => ({ ...line, remaining: 0n })) : rest,
  );
  if (isOver) await closeHold(trx, ledgerId, hold.holdId, 'captured', now);
  return { ...outcome.posted, holdStatus: isOver ? 'captured' : 'open' };
}

export function unknownHold(holdId: string): LedgerError {
  return new LedgerError('hold_unknown', `There is no hold ${holdId}.`, { holdId });
}

function entryOf(request: CaptureRequest, hold: StoredHold, lines: readonly Line[]): LinkedEntry {
  const { idempotencyKey, effectiveAt, description, metadata } = request;
  return {
    idempotencyKey,
    kind: hold.kind,
    lines,
    captures: toHoldId(hold.holdId),
    description: description ?? hold.description,
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Without lines, a capture means "all that remained", so the hold alone tells whether it is the same request. */
function replay(
  request: CaptureRequest,
  hold: StoredHold,
  first: { entryId: Buffer; fingerprint: Buffer; captures: Buffer | null },
): Capture {
  const isOfThisHold = first.captures?.equals(hold.holdId) === true;
  const { lines } = request;
  const fingerprint = lines === undefined ? undefined : fingerprintOf(entryOf(request, hold, lines));
  const isSame = isOfThisHold && (lines === undefined || fingerprint?.equals(first.fingerprint) === true);
  if (isSame) {
    const holdStatus: HoldStatus = hold.status;
    return {
      entryId: toEntryId(first.entryId),
      idempotencyKey: request.idempotencyKey,
      replayed: true,
      holdStatus,
    };
  }
  throw usedForAnother(request.idempotencyKey, fingerprint, first.fingerprint);
}
