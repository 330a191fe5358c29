import type { Knex } from 'knex';
import { writePending } from '../journal/balances-table.ts';
import type { HoldId } from '../journal/entry.ts';
import { fromHoldId, toHoldId } from '../journal/entry-id.ts';
import { lockAccountsOf, type PostingContext } from '../journal/posting.ts';
import { unknownHold } from './capture-hold.ts';
import { decideOpen, foldPending, remainingLines } from './decide-hold.ts';
import type { HoldStatus } from './hold.ts';
import {
  closeHold,
  findExpired,
  lockHold,
  readHoldLines,
  type StoredHold,
  writeRemaining,
} from './holds-table.ts';

const EXPIRY_BATCH = 100;

/**
 * Gives back what is held and not captured. Releasing a hold that is released, or that has expired, changes nothing.
 * @throws LedgerError `hold_unknown`, `hold_closed` when all of it has been captured
 */
export async function releaseHold(trx: Knex, context: PostingContext, holdId: string): Promise<HoldStatus> {
  const hold = await lockHold(trx, context.ledgerId, fromHoldId(holdId));
  if (hold === undefined) throw unknownHold(holdId);
  if (hold.status === 'released' || hold.status === 'expired') return hold.status;
  const closed = hold.status === 'open' ? undefined : decideOpen(hold, context.clock());
  if (closed !== undefined) throw closed;
  await giveBack(trx, context, hold, 'released');
  return 'released';
}

/** Releases the holds that have expired, each in a transaction of its own. Returns the ids of those it released. */
export async function expireHolds(
  knex: Knex,
  context: PostingContext,
  transact: <T>(work: (trx: Knex) => Promise<T>) => Promise<T>,
): Promise<HoldId[]> {
  const expired: HoldId[] = [];
  for (;;) {
    const now = context.clock();
    const due = await findExpired(knex, context.ledgerId, now, EXPIRY_BATCH);
    for (const holdId of due) {
      if (await transact((trx) => expire(trx, context, holdId, now))) expired.push(toHoldId(holdId));
    }
    if (due.length < EXPIRY_BATCH) return expired;
  }
}

/** Looks again under the lock: the hold may have been captured since it was found. */
async function expire(trx: Knex, context: PostingContext, holdId: Buffer, now: Date): Promise<boolean> {
  const hold = await lockHold(trx, context.ledgerId, holdId);
  if (hold?.status !== 'open' || hold.expiresAt === null || hold.expiresAt > now) return false;
  await giveBack(trx, context, hold, 'expired');
  return true;
}

async function giveBack(
  trx: Knex,
  context: PostingContext,
  { holdId }: StoredHold,
  status: 'released' | 'expired',
): Promise<void> {
  const { ledgerId } = context;
  const held = await readHoldLines(trx, ledgerId, holdId);
  const rest = remainingLines(held);
  const books = await lockAccountsOf(trx, context, rest);
  foldPending(rest, books, -1n);
  await writePending(trx, ledgerId, [...books.balances.values()]);
  await writeRemaining(
    trx,
    ledgerId,
    holdId,
    held.map((line) => ({ ...line, remaining: 0n })),
  );
  await closeHold(trx, ledgerId, holdId, status, context.clock());
}
