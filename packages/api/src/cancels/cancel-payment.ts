import { isConnectionLoss, isLedgerError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { keyOfAnotherRequest } from '../http/idempotency/key.ts';
import type { TraceHeaders } from '../http/tracing.ts';
import { readOrderLines } from '../orders/orders-table.ts';
import { CLAIM_ATTEMPTS, isHad, lookUpAt } from '../payments/claiming.ts';
import type { Payment } from '../payments/payment.ts';
import { findPayment, noteLookUp } from '../payments/payments-table.ts';
import { type Cancel, providersKeyOf } from './cancel.ts';
import type { CancelAnswer } from './cancel-provider.ts';
import {
  findCancel,
  findCancelByKey,
  insertCancel,
  markCancelEnded,
  postponeCancel,
  readCancelsOf,
} from './cancels-table.ts';
import { type CancelFacts, decideCancel, type WantedCancel } from './decide-cancel.ts';
import { type CancelContext, recordCancel } from './finish-cancel.ts';

export interface CancelRequest extends WantedCancel {
  readonly paymentKey: string;
  readonly reason: string;
  readonly askedBy: number;
  readonly idempotencyKey?: string | undefined;
}

export interface Cancellation {
  /** `done`, or `cancelling` when the provider did not say: recovery finishes it. */
  readonly cancel: Cancel;
  /** Whether the same request had asked for this cancel before. */
  readonly replayed: boolean;
}

/**
 * Cancels a payment or a part of it: claim, ask the provider, record. Nothing is locked while the provider is asked, and whatever dies
 * in between, recovery finishes it.
 * @param headers what the event shall carry of the request, such as its trace
 * @throws ShopError as decideCancel does, and `idempotency_conflict`, `payment_unknown`, `cancel_refused`, `payment_provider_unavailable`,
 *   `cancel_recording_delayed`
 */
export async function cancelPayment(
  context: CancelContext,
  request: CancelRequest,
  headers: TraceHeaders = {},
): Promise<Cancellation> {
  const before = await findBefore(context.knex, request);
  if (before !== undefined) return { cancel: before, replayed: true };
  const { payment, cancel, recoverAt } = await claim(context, request);
  context.failPoint('cancel.claimed');
  const answer = await context.cancels.cancel(toSend(cancel));
  if (answer.outcome === 'canceled') return record(context, payment, cancel, answer, headers);
  if (answer.outcome === 'unknown') {
    await lookUpSoon(context, cancel, recoverAt);
    return { cancel, replayed: false };
  }
  throw await giveUp(context, cancel, answer);
}

/** The cancel as the provider is asked for it, the first time and any time after it. */
export function toSend(cancel: Cancel) {
  return {
    paymentKey: cancel.paymentKey,
    cancelReason: cancel.reason,
    cancelAmount: cancel.amount,
    refundableAmount: cancel.refundable,
    ...(cancel.taxFreeAmount === null ? {} : { taxFreeAmount: cancel.taxFreeAmount }),
    idempotencyKey: providersKeyOf(cancel),
  };
}

/** A cancel knows its key for longer than the answer to it is kept. */
async function findBefore(
  knex: Knex,
  { askedBy, idempotencyKey, paymentKey, amount }: CancelRequest,
): Promise<Cancel | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const before = await findCancelByKey(knex, { askedBy, idempotencyKey });
  const isAnother =
    before !== undefined &&
    (before.paymentKey !== paymentKey || (amount !== undefined && before.amount !== amount));
  if (isAnother) throw keyOfAnotherRequest();
  return before;
}

interface Claimed {
  readonly payment: Payment;
  readonly cancel: Cancel;
  readonly recoverAt: Date;
}

async function claim(context: CancelContext, request: CancelRequest): Promise<Claimed> {
  const { knex, clock, newCancelId, recoveryAfterMs } = context;
  const { paymentKey, reason, askedBy, idempotencyKey } = request;
  for (let tried = 1; tried <= CLAIM_ATTEMPTS; tried++) {
    const facts = await readFacts(knex, paymentKey);
    const decided = decideCancel(request, facts);
    const claimedAt = clock();
    const recoverAt = new Date(claimedAt.getTime() + recoveryAfterMs);
    const cancelId = newCancelId(claimedAt);
    const wanted = { ...decided, cancelId, paymentKey, reason, askedBy, claimedAt };
    if (await isHad(insertCancel(knex, { ...wanted, idempotencyKey, recoverAt }))) {
      return { payment: facts.payment, cancel: underWay(wanted, facts.payment.orderId), recoverAt };
    }
  }
  throw new ShopError('cancel_in_progress', 'Other cancels of this payment are under way.');
}

/** @throws ShopError `payment_unknown` */
export async function readFacts(knex: Knex, paymentKey: string): Promise<CancelFacts> {
  // Cancels first: one that is done in between is then seen as under way, and never counted twice.
  const cancels = await readCancelsOf(knex, paymentKey);
  const payment = await findPayment(knex, paymentKey);
  if (payment === undefined) throw new ShopError('payment_unknown', 'There is no such payment.');
  return { payment, cancels, lines: await readOrderLines(knex, payment.orderId) };
}

function underWay(
  wanted: Pick<
    Cancel,
    | 'cancelId'
    | 'paymentKey'
    | 'amount'
    | 'refundable'
    | 'taxFreeAmount'
    | 'reason'
    | 'shares'
    | 'items'
    | 'askedBy'
    | 'claimedAt'
  >,
  orderId: string,
): Cancel {
  const { cancelId, paymentKey, amount, refundable, taxFreeAmount, reason } = wanted;
  const { shares, items, askedBy, claimedAt } = wanted;
  return {
    ...{ cancelId, paymentKey, orderId, amount, refundable, taxFreeAmount, reason },
    ...{ shares, items, askedBy, claimedAt },
    status: 'cancelling',
    transactionKey: null,
    cancelledAt: null,
    failureCode: null,
    failureMessage: null,
  };
}

async function record(
  context: CancelContext,
  payment: Payment,
  cancel: Cancel,
  { transactionKey, canceledAt: cancelledAt }: Extract<CancelAnswer, { outcome: 'canceled' }>,
  headers: TraceHeaders,
): Promise<Cancellation> {
  const done = { transactionKey, cancelledAt };
  try {
    if (await recordCancel(context, { payment, cancel, done, headers })) {
      return { cancel: { ...cancel, ...done, status: 'done' }, replayed: false };
    }
    return { cancel: (await findCancel(context.knex, cancel.cancelId)) ?? cancel, replayed: false };
  } catch (error) {
    if (!isLedgerError(error) && !isConnectionLoss(error)) throw error;
    throw new ShopError(
      'cancel_recording_delayed',
      'The provider gives the money back, which will be recorded shortly. Do not cancel again; ask for the payment’s state instead.',
      { cancelId: cancel.cancelId },
      { cause: error },
    );
  }
}

async function giveUp(
  { knex, clock }: CancelContext,
  cancel: Cancel,
  answer: Extract<CancelAnswer, { outcome: 'refused' | 'not_sent' }>,
): Promise<ShopError> {
  const { cancelId } = cancel;
  if (answer.outcome === 'not_sent') {
    await markCancelEnded(knex, cancelId, { as: 'released' }, clock());
    return new ShopError(
      'payment_provider_unavailable',
      'The payment provider does not answer at present; nothing was sent and nothing was given back. Try again later.',
      { cancelId },
    );
  }
  const { code, message } = answer.refusal;
  await markCancelEnded(knex, cancelId, { as: 'refused', failure: answer.refusal }, clock());
  // Somebody has cancelled at the provider, and nobody has told us yet.
  if (code === 'NOT_MATCHES_REFUNDABLE_AMOUNT') await noteLookUp(knex, cancel.paymentKey, clock());
  return new ShopError('cancel_refused', 'The provider refused the cancel; nothing was given back.', {
    cancelId,
    providerCode: code,
    providerMessage: message,
  });
}

/** If this fails, recovery comes at its usual time. */
async function lookUpSoon({ knex, clock }: CancelContext, { cancelId }: Cancel, recoverAt: Date) {
  const to = lookUpAt(recoverAt, clock());
  await postponeCancel(knex, cancelId, { from: recoverAt, to }).catch(() => false);
}
