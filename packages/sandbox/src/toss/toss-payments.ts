import { type CancelRequest, decideCancel } from './decide-cancel.ts';
import { type ConfirmRequest, decideConfirm } from './decide-confirm.ts';
import { type TossErrorCode, tossError } from './errors.ts';
import type { Keys } from './keys.ts';
import type { Payment, PaymentEvent } from './payment.ts';
import type { Payments } from './payments.ts';
import type { WindowRequest } from './requests.ts';

/** Either the payment as it now is, or why not. */
export type Result = { readonly payment: Payment } | { readonly refusal: TossErrorCode };

export interface TossPaymentsContext {
  readonly payments: Payments;
  readonly keys: Keys;
  readonly clock: () => Date;
  /** Keeps an event where a restart finds it. Called before anybody hears of it. */
  readonly keep: (event: PaymentEvent) => void;
  /** Tells the shop that a payment is not what it was. */
  readonly tell?: (payment: Payment) => void;
}

export type OpenedWindow =
  | { readonly opened: 'new' | 'same'; readonly payment: Payment }
  | { readonly opened: 'conflict' };

/** The buyer agrees in the payment window. The same key for the same order and amount is the same session. */
export function openWindow(context: TossPaymentsContext, window: WindowRequest): OpenedWindow {
  const now = context.clock();
  const paymentKey = window.paymentKey ?? context.keys.paymentKey(now);
  const existing = context.payments.find(paymentKey);
  if (existing !== undefined) {
    const isSame = existing.orderId === window.orderId && existing.totalAmount === window.amount;
    return isSame ? { opened: 'same', payment: existing } : { opened: 'conflict' };
  }
  const { orderId, orderName, customerName, method, amount, taxFreeAmount, refuseWith } = window;
  const opened = record(context, {
    kind: 'opened',
    paymentKey,
    orderId,
    orderName,
    customerName,
    method,
    amount,
    taxFreeAmount,
    refusesWith: refuseWith,
    at: now.toISOString(),
  });
  return { opened: 'new', payment: opened };
}

export function confirm(context: TossPaymentsContext, request: ConfirmRequest): Result {
  const { paymentKey } = request;
  const now = context.clock();
  const decided = decideConfirm(context.payments.find(paymentKey), request, now);
  switch (decided.decision) {
    case 'refuse':
      return { refusal: decided.code };
    case 'abort':
      record(context, { kind: 'aborted', paymentKey, failure: tossError(decided.code) });
      return { refusal: decided.code };
    case 'approve': {
      const transactionKey = context.keys.transactionKey();
      return {
        payment: record(context, { kind: 'approved', paymentKey, transactionKey, at: now.toISOString() }),
      };
    }
  }
}

export function cancel(context: TossPaymentsContext, paymentKey: string, request: CancelRequest): Result {
  const now = context.clock();
  const decided = decideCancel(context.payments.find(paymentKey), request, now);
  if (decided.decision === 'refuse') return { refusal: decided.code };
  const payment = record(context, {
    kind: 'canceled',
    paymentKey,
    transactionKey: context.keys.transactionKey(),
    reason: request.cancelReason,
    amount: decided.amount,
    taxFreeAmount: decided.taxFreeAmount,
    at: now.toISOString(),
  });
  return { payment };
}

function record({ payments, keep, tell }: TossPaymentsContext, event: PaymentEvent): Payment {
  keep(event);
  const payment = payments.apply(event);
  if (payment === undefined) throw new Error(`The payment of the event ${event.kind} is not there.`);
  if (event.kind !== 'opened') tell?.(payment);
  return payment;
}
