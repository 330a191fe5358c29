import { isConnectionLoss, isLedgerError } from '@jangbu/ledger-core';
import { ShopError } from '../errors.ts';
import type { TraceHeaders } from '../http/tracing.ts';
import type { OrderLine } from '../orders/order.ts';
import { CLAIM_ATTEMPTS, isHad, lookUpAt } from './claiming.ts';
import { decideClaim, refused } from './decide-claim.ts';
import type { PaymentContext } from './finish.ts';
import type { Approval, Payment } from './payment.ts';
import {
  type Claim,
  type ClaimRequest,
  type ClaimTimes,
  findPayment,
  markRefused,
  markReleased,
  postpone,
  readClaimFacts,
  reclaim,
} from './payments-table.ts';
import type { Together } from './together.ts';

export interface ConfirmContext extends PaymentContext {
  readonly together: Together;
}

export interface Confirmation {
  /** `done`, or `confirming` when the provider did not say: recovery finishes it. */
  readonly payment: Payment;
  /** Whether the payment was done before this request. */
  readonly replayed: boolean;
}

/**
 * Confirms a payment: claim, ask the provider, record. Nothing is locked while the provider is asked, and whatever dies in
 * between, recovery finishes it.
 * @param headers what the event shall carry of the request, such as its trace
 * @throws ShopError as decideClaim does, and `payment_refused`, `payment_provider_unavailable`, `payment_recording_delayed`
 */
export async function confirmPayment(
  context: ConfirmContext,
  request: ClaimRequest,
  headers: TraceHeaders = {},
): Promise<Confirmation> {
  const { provider, failPoint } = context;
  const claimed = await claim(context, request);
  if ('replay' in claimed) return { payment: claimed.replay, replayed: true };
  failPoint('payment.claimed');
  // The order's lines are read while the provider is asked. A failure here counts when they are needed, and not before.
  const lines = settled(context.together.readLines(request.orderId));
  const answer = await provider.confirm(request);
  switch (answer.outcome) {
    case 'approved':
      return record(context, { ...request, headers }, claimed.times, answer.approval, lines);
    case 'refused':
      await markRefused(context.knex, request.paymentKey, answer.refusal, context.clock());
      throw refused(request.orderId, answer.refusal);
    case 'not_sent':
      await markReleased(context.knex, request.paymentKey, context.clock());
      throw new ShopError(
        'payment_provider_unavailable',
        'The payment provider does not answer at present; nothing was sent and nothing was charged. Try again later.',
        { orderId: request.orderId },
      );
    case 'unknown':
      await lookUpSoon(context, request.paymentKey, claimed.times);
      return { payment: paymentOf(request, claimed.times), replayed: false };
  }
}

type Claimed = { readonly times: ClaimTimes } | { readonly replay: Payment };

async function claim(context: ConfirmContext, request: ClaimRequest): Promise<Claimed> {
  const { knex, clock, recoveryAfterMs, together } = context;
  const again = (claiming: Claim) => reclaim(knex, claiming);
  let attempt = together.claim;
  for (let tried = 1; tried <= CLAIM_ATTEMPTS; tried++) {
    const claimedAt = clock();
    const times = { claimedAt, recoverAt: new Date(claimedAt.getTime() + recoveryAfterMs) };
    if (await isHad(attempt({ request, times }))) return { times };
    const decision = decideClaim(request, await readClaimFacts(knex, request));
    if (decision.decision === 'replay') return { replay: decision.payment };
    attempt = decision.decision === 'reclaim' ? again : together.claim;
  }
  throw new ShopError('payment_in_progress', 'Other payments of this order are being confirmed.', {
    orderId: request.orderId,
  });
}

async function record(
  context: ConfirmContext,
  { headers, ...request }: ClaimRequest & { headers: TraceHeaders },
  times: ClaimTimes,
  approval: Approval,
  lines: Settled<OrderLine[]>,
): Promise<Confirmation> {
  try {
    const recorded = await context.together.record({
      ...request,
      currency: 'KRW',
      approval,
      lines: await lines(),
      headers,
    });
    if (recorded) {
      return { payment: { ...paymentOf(request, times), status: 'done', ...approval }, replayed: false };
    }
    const payment = await findPayment(context.knex, request.paymentKey);
    return { payment: payment ?? paymentOf(request, times), replayed: true };
  } catch (error) {
    if (!isLedgerError(error) && !isConnectionLoss(error)) throw error;
    throw new ShopError(
      'payment_recording_delayed',
      'The payment was approved, and will be recorded shortly. Do not pay again; ask for its state instead.',
      { orderId: request.orderId },
      { cause: error },
    );
  }
}

/** If this fails, recovery comes at its usual time. */
async function lookUpSoon({ knex, clock }: PaymentContext, paymentKey: string, times: ClaimTimes) {
  const to = lookUpAt(times.recoverAt, clock());
  await postpone(knex, paymentKey, { from: times.recoverAt, to }).catch(() => false);
}

function paymentOf(request: ClaimRequest, { claimedAt }: ClaimTimes): Payment {
  return {
    ...request,
    currency: 'KRW',
    status: 'confirming',
    refunded: 0n,
    claimedAt,
    method: null,
    approvedAt: null,
    failureCode: null,
    failureMessage: null,
  };
}

type Settled<T> = () => Promise<T>;

/** Lets work go on unwatched until its result is asked for. */
function settled<T>(work: Promise<T>): Settled<T> {
  work.catch(() => {});
  return () => work;
}
