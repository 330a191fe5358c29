import type { Logger } from 'pino';
import { describeError, maskPaymentKey } from '../http/request-log.ts';
import { readOrderLines } from '../orders/orders-table.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { type PaymentContext, recordApproval } from './finish.ts';
import type { Approval } from './payment.ts';
import type { Refusal } from './payment-provider.ts';
import { type DuePayment, markRefused, noteLookUp, postpone, readDuePayments } from './payments-table.ts';

/** What became of one payment. `lost`: another process had it, or finished it. */
export type Recovered = 'done' | 'refused' | 'waiting' | 'lost' | 'failed';

export interface RecoveryContext extends PaymentContext {
  readonly log: Logger;
}

const BATCH = 50;
/** TossPayments lets a payment be confirmed within 10 minutes of the buyer's authentication, which came before the claim. */
const CONFIRM_WITHIN_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Finishes the payments whose outcome was left open: by a process that died, a provider that did not answer, or a database that
 * did not. Any number of processes may run it at once. Returns what became of each payment that was due.
 */
export async function recoverPayments(context: RecoveryContext): Promise<Recovered[]> {
  const due = await readDuePayments(context.knex, context.clock(), BATCH);
  return Promise.all(due.map((payment) => recoverOne(context, payment)));
}

async function recoverOne(context: RecoveryContext, payment: DuePayment): Promise<Recovered> {
  const line = { paymentKey: maskPaymentKey(payment.paymentKey), orderId: payment.orderId };
  try {
    // Moving the due time is also what keeps another process from asking the provider at the same time.
    const to = nextTry(payment, context.clock());
    if (!(await postpone(context.knex, payment.paymentKey, { from: payment.recoverAt, to }))) return 'lost';
    const became = await finish(context, payment);
    context.log.info({ ...line, became }, 'Recovered a payment');
    return became;
  } catch (error) {
    context.log.error({ ...line, ...describeError(error) }, 'A payment could not be recovered yet');
    return 'failed';
  }
}

async function finish(context: RecoveryContext, payment: DuePayment): Promise<Recovered> {
  const found = await context.provider.lookUp(payment.paymentKey);
  switch (found.outcome) {
    case 'approved':
      if (found.orderId !== payment.orderId || found.amount !== payment.amount) {
        return refuse(context, payment, {
          code: 'PAYMENT_OF_ANOTHER_ORDER',
          message: 'The provider has this paymentKey for another order or amount.',
        });
      }
      return record(context, payment, found);
    case 'refused':
      return refuse(context, payment, found.refusal);
    case 'unconfirmed':
      return confirmAgain(context, payment);
    case 'unknown':
      return 'waiting';
  }
}

/** The same idempotency key as the first time, so the provider does it once even if both arrive. */
async function confirmAgain(context: RecoveryContext, payment: DuePayment): Promise<Recovered> {
  const age = context.clock().getTime() - payment.claimedAt.getTime();
  if (age >= CONFIRM_WITHIN_MS) {
    return refuse(context, payment, {
      code: 'EXPIRED',
      message: 'The payment was not confirmed in time.',
    });
  }
  const answer = await context.provider.confirm(payment);
  if (answer.outcome === 'approved') return record(context, payment, answer);
  if (answer.outcome === 'refused') return refuse(context, payment, answer.refusal);
  return 'waiting';
}

async function record(
  context: RecoveryContext,
  payment: DuePayment,
  { approval, hasCancels = false }: { readonly approval: Approval; readonly hasCancels?: boolean },
): Promise<Recovered> {
  const { knex, clock } = context;
  const lines = await readOrderLines(knex, payment.orderId);
  if (!(await recordApproval(context, { ...payment, approval, lines }))) return 'lost';
  if (hasCancels) await noteLookUp(knex, payment.paymentKey, clock());
  return 'done';
}

async function refuse(context: RecoveryContext, payment: DuePayment, refusal: Refusal): Promise<Recovered> {
  const { knex, clock } = context;
  return (await markRefused(knex, payment.paymentKey, refusal, clock())) ? 'refused' : 'lost';
}

/** The longer a payment has been open, the longer until it is looked at again: half its age, from a second to a minute. */
function nextTry({ claimedAt }: DuePayment, now: Date): Date {
  const age = now.getTime() - claimedAt.getTime();
  return new Date(now.getTime() + Math.min(LONGEST_WAIT_MS, Math.max(1_000, age / 2)));
}

/** Recovers at once and then every `everyMs`. */
export function startRecovery(context: RecoveryContext, everyMs: number): RepeatedJob {
  return repeat(() => recoverPayments(context), {
    everyMs,
    onError: (error) => context.log.error(describeError(error), 'Recovery found no database'),
  });
}
