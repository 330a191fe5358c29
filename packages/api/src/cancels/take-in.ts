import { inTransaction, isMysqlError } from '@jangbu/ledger-core';
import type { Cancel } from './cancel.ts';
import { readFacts } from './cancel-payment.ts';
import type { ProviderCancel } from './cancel-provider.ts';
import { insertCancel, markCancelEnded } from './cancels-table.ts';
import type { CancelFacts } from './decide-cancel.ts';
import { type CancelContext, recordCancel, recordCancelIn } from './finish-cancel.ts';
import { proRata, restOf, toShares } from './shares-of-cancel.ts';

/** What a look-up came to. */
export interface TakenIn {
  /** False where the provider did not say, or where it has a cancel that no process may record yet. */
  readonly isComplete: boolean;
  /** How many of the provider's cancels were recorded now. */
  readonly recorded: number;
}

const OVERTAKEN = {
  code: 'NOT_MATCHES_REFUNDABLE_AMOUNT',
  message: 'Another cancel was made at the provider, from the same balance.',
};

/**
 * Brings a payment to what the provider knows of its cancels: those asked for here whose outcome was open, and those made at the
 * provider by somebody else. Any number of processes may do it at once.
 * @throws ShopError `payment_unknown`
 */
export async function takeInCancels(context: CancelContext, paymentKey: string): Promise<TakenIn> {
  const answer = await context.cancels.lookUpCancels(paymentKey);
  if (answer.outcome === 'unknown') return { isComplete: false, recorded: 0 };
  let recorded = 0;
  // A balance only falls, so this is the order in which they were made.
  const inOrder = [...answer.cancels].sort((a, b) => (balanceBefore(a) > balanceBefore(b) ? -1 : 1));
  for (const theirs of inOrder) {
    const facts = await readFacts(context.knex, paymentKey);
    const known = facts.cancels.find(({ refundable }) => refundable === balanceBefore(theirs));
    if (known?.status === 'done') continue;
    if (!theirs.isDone || facts.payment.status !== 'done') return { isComplete: false, recorded };
    if (!(await take(context, facts, known, theirs))) return { isComplete: false, recorded };
    recorded += 1;
  }
  return { isComplete: true, recorded };
}

function balanceBefore({ amount, refundableAmount }: ProviderCancel): bigint {
  return amount + refundableAmount;
}

function take(
  context: CancelContext,
  facts: CancelFacts,
  known: Cancel | undefined,
  theirs: ProviderCancel,
): Promise<boolean> {
  const isAsked = known !== undefined && known.amount === theirs.amount;
  if (!isAsked) return recordTheirs(context, facts, known, theirs);
  return recordCancel(context, { payment: facts.payment, cancel: known, done: theirs });
}

/** A cancel that nobody asked for here. One that was asked for from the same balance can never happen any more. */
async function recordTheirs(
  context: CancelContext,
  { payment, lines, cancels }: CancelFacts,
  overtaken: Cancel | undefined,
  theirs: ProviderCancel,
): Promise<boolean> {
  const { knex, clock, newCancelId } = context;
  const rest = restOf(
    lines,
    cancels.filter(({ status }) => status === 'done'),
  );
  const now = clock();
  const cancel = {
    cancelId: newCancelId(now),
    paymentKey: payment.paymentKey,
    amount: theirs.amount,
    refundable: balanceBefore(theirs),
    taxFreeAmount: null,
    reason: theirs.reason.slice(0, 200),
    shares: toShares(rest, proRata(rest, theirs.amount)),
    items: null,
    askedBy: null,
    idempotencyKey: undefined,
    claimedAt: now,
    recoverAt: now,
  };
  try {
    return await inTransaction(knex, async (trx) => {
      if (overtaken !== undefined) {
        await markCancelEnded(trx, overtaken.cancelId, { as: 'refused', failure: OVERTAKEN }, now);
      }
      if (!(await insertCancel(trx, cancel))) return false;
      return recordCancelIn(trx, context, { payment, cancel, done: theirs });
    });
  } catch (error) {
    if (isMysqlError(error, 'duplicateKey')) return false;
    throw error;
  }
}
