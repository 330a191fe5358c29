import type { Logger } from 'pino';
import { describeError, maskPaymentKey } from '../http/request-log.ts';
import { findPayment, moveLookUp, readDueLookUps } from '../payments/payments-table.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { toSend } from './cancel-payment.ts';
import {
  type DueCancel,
  findCancel,
  markCancelEnded,
  postponeCancel,
  readDueCancels,
} from './cancels-table.ts';
import { type CancelContext, recordCancel } from './finish-cancel.ts';
import { takeInCancels } from './take-in.ts';

/** What became of one cancel. `lost`: another process had it, or finished it. */
export type RecoveredCancel = 'done' | 'refused' | 'waiting' | 'lost' | 'failed';

export interface CancelRecoveryContext extends CancelContext {
  readonly log: Logger;
}

const BATCH = 20;
const LONGEST_WAIT_MS = 60_000;
const LOOK_UP_AGAIN_MS = 10_000;

/**
 * Finishes the cancels whose outcome was left open: by a process that died, a provider that did not answer, or a database that did
 * not. Any number of processes may run it at once. Returns what became of each cancel that was due.
 */
export async function recoverCancels(context: CancelRecoveryContext): Promise<RecoveredCancel[]> {
  const due = await readDueCancels(context.knex, context.clock(), BATCH);
  return Promise.all(due.map((cancel) => recoverOne(context, cancel)));
}

async function recoverOne(context: CancelRecoveryContext, cancel: DueCancel): Promise<RecoveredCancel> {
  const line = { cancelId: cancel.cancelId, paymentKey: maskPaymentKey(cancel.paymentKey) };
  try {
    // Moving the due time is also what keeps another process from asking the provider at the same time.
    const to = nextTry(cancel, context.clock());
    if (!(await postponeCancel(context.knex, cancel.cancelId, { from: cancel.recoverAt, to }))) return 'lost';
    const became = await finish(context, cancel);
    context.log.info({ ...line, became }, 'Recovered a cancel');
    return became;
  } catch (error) {
    context.log.error({ ...line, ...describeError(error) }, 'A cancel could not be recovered yet');
    return 'failed';
  }
}

async function finish(context: CancelRecoveryContext, cancel: DueCancel): Promise<RecoveredCancel> {
  const { isComplete } = await takeInCancels(context, cancel.paymentKey);
  const status = (await findCancel(context.knex, cancel.cancelId))?.status;
  if (status === 'done' || status === 'refused') return status;
  return isComplete && status === 'cancelling' ? askAgain(context, cancel) : 'waiting';
}

/** The same idempotency key and balance as the first time, so the provider does it once even if both arrive. */
async function askAgain(context: CancelRecoveryContext, cancel: DueCancel): Promise<RecoveredCancel> {
  const { knex, clock, cancels } = context;
  const answer = await cancels.cancel(toSend(cancel));
  if (answer.outcome === 'refused') {
    const ended = { as: 'refused', failure: answer.refusal } as const;
    return (await markCancelEnded(knex, cancel.cancelId, ended, clock())) ? 'refused' : 'lost';
  }
  const payment = await findPayment(knex, cancel.paymentKey);
  if (answer.outcome !== 'canceled' || payment === undefined) return 'waiting';
  const done = { transactionKey: answer.transactionKey, cancelledAt: answer.canceledAt };
  return (await recordCancel(context, { payment, cancel, done })) ? 'done' : 'lost';
}

/** The longer a cancel has been open, the longer until it is looked at again: half its age, from a second to a minute. */
function nextTry({ claimedAt }: DueCancel, now: Date): Date {
  const age = now.getTime() - claimedAt.getTime();
  return new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, Math.max(1_000, age / 2)));
}

/**
 * Looks up the payments of which the provider said that something changed, and takes in what it has given back of them. Returns how
 * many cancels that were.
 */
export async function lookUpPayments(context: CancelRecoveryContext): Promise<number> {
  const due = await readDueLookUps(context.knex, context.clock(), BATCH);
  const recorded = await Promise.all(due.map((payment) => lookUpOne(context, payment)));
  return recorded.reduce((sum, count) => sum + count, 0);
}

async function lookUpOne(
  context: CancelRecoveryContext,
  { paymentKey, lookUpAt }: { readonly paymentKey: string; readonly lookUpAt: Date },
): Promise<number> {
  const { knex, clock, log } = context;
  const line = { paymentKey: maskPaymentKey(paymentKey) };
  try {
    const again = new Date(clock().getTime() + LOOK_UP_AGAIN_MS);
    if (!(await moveLookUp(knex, paymentKey, { from: lookUpAt, to: again }))) return 0;
    const { isComplete, recorded } = await takeInCancels(context, paymentKey);
    // Said again meanwhile, it is looked up again.
    if (isComplete) await moveLookUp(knex, paymentKey, { from: again, to: null });
    if (recorded > 0) log.info({ ...line, recorded }, 'Took in cancels that were made at the provider');
    return recorded;
  } catch (error) {
    log.error({ ...line, ...describeError(error) }, 'A payment could not be looked up yet');
    return 0;
  }
}

/** Recovers cancels, and looks payments up, at once and then every `everyMs`. Neither waits for the other. */
export function startCancelRecovery(context: CancelRecoveryContext, everyMs: number): RepeatedJob {
  const onError = (error: unknown) => context.log.error(describeError(error), 'Recovery found no database');
  const jobs = [
    repeat(() => recoverCancels(context), { everyMs, onError }),
    repeat(() => lookUpPayments(context), { everyMs, onError }),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
