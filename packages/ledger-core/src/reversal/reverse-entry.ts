import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { findPostedKey, type PostedKey } from '../journal/entries-table.ts';
import type { Line, LinkedEntry } from '../journal/entry.ts';
import { fromEntryId, toEntryId } from '../journal/entry-id.ts';
import { lockAccountsOf, type PostingContext, postGroups } from '../journal/posting.ts';
import { assertRequest, fingerprintOf, usedForAnother } from '../journal/request.ts';
import { decideReversal, leftOf, reversingLines } from './decide-reversal.ts';
import type { Reversal, ReversalRequest } from './reversal.ts';
import { insertReversals, readReversed, readReversibleLines } from './reversals-table.ts';

/** Posts the opposite of an entry, or of a part of it, in the caller's transaction. Nothing is written when it is refused. */
export async function reverseEntry(
  trx: Knex,
  context: PostingContext,
  request: ReversalRequest,
): Promise<Reversal> {
  const { ledgerId } = context;
  assertRequest(request);
  const entryId = fromEntryId(request.entryId);
  const lines = await readReversibleLines(trx, ledgerId, entryId);
  if (lines.length === 0) {
    throw new LedgerError('entry_unknown', `There is no entry ${request.entryId}.`, {
      entryId: request.entryId,
    });
  }

  // Lock all accounts of the entry: two reversals of one entry always meet here, so the second sees what the first took.
  await lockAccountsOf(
    trx,
    context,
    lines.map(({ code }) => ({ account: code })),
  );

  // Decide: a key that has been used answers for itself, whatever was reversed since.
  const left = leftOf(lines, await readReversed(trx, ledgerId, entryId));
  const first = await findPostedKey(trx, ledgerId, request.idempotencyKey);
  if (first !== undefined) {
    assertSameRequest(request, entryId, first);
    return {
      ...toReversal(
        request,
        toEntryId(first.entryId),
        left.every((line) => line.left === 0n),
      ),
      replayed: true,
    };
  }
  const wanted = request.lines ?? reversingLines(left);
  if (request.lines === undefined && wanted.length === 0) throw nothingLeft(request.entryId);
  const taken = decideReversal(left, wanted);
  if (taken instanceof LedgerError) throw taken;
  const [outcome] = (
    await postGroups(trx, context, [{ entries: [entryOf(request, wanted)], isTied: true }])
  ).flat();
  if (outcome === undefined) throw new Error('Posting gave no outcome.');
  if (outcome.status === 'rejected') throw outcome.error;

  // Write what was taken, so that it is not taken again.
  await insertReversals(trx, ledgerId, { entryId, reversedBy: fromEntryId(outcome.posted.entryId) }, taken);
  const takenSum = taken.reduce((sum, { amount }) => sum + amount, 0n);
  const leftSum = left.reduce((sum, line) => sum + line.left, 0n);
  return toReversal(request, outcome.posted.entryId, takenSum === leftSum);
}

function entryOf(request: ReversalRequest, lines: readonly Line[]): LinkedEntry {
  const { entryId, idempotencyKey, kind, description, effectiveAt, metadata, limitOverride } = request;
  return {
    idempotencyKey,
    kind: kind ?? 'reversal',
    description: description ?? `Reverses ${entryId}`,
    lines,
    reverses: entryId,
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(limitOverride === undefined ? {} : { limitOverride }),
  };
}

function toReversal(
  { entryId, idempotencyKey }: ReversalRequest,
  reversedBy: Reversal['entryId'],
  isWhole: boolean,
): Reversal {
  return { entryId: reversedBy, idempotencyKey, reverses: entryId, isWhole, replayed: false };
}

/** Without lines, a reversal means "all that was left", so the entry alone tells whether it is the same request. */
function assertSameRequest(request: ReversalRequest, entryId: Buffer, first: PostedKey): void {
  const { lines, idempotencyKey } = request;
  const fingerprint = lines === undefined ? undefined : fingerprintOf(entryOf(request, lines));
  const isSame =
    first.reverses?.equals(entryId) === true &&
    (lines === undefined || fingerprint?.equals(first.fingerprint) === true);
  if (!isSame) throw usedForAnother(idempotencyKey, fingerprint, first.fingerprint);
}

function nothingLeft(entryId: string): LedgerError {
  return new LedgerError('reversal_exceeded', `Entry ${entryId} has been reversed wholly.`, { entryId });
}
