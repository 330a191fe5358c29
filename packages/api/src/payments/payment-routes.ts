import type { Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { callerOf } from '../http/caller.ts';
import { amountSchema, idSchema, orderIdSchema, parse, paymentKeySchema } from '../http/parse.ts';
import type { AddRoute } from '../http/routes.ts';
import { traceHeadersOf } from '../http/tracing.ts';
import { type Confirmation, confirmPayment } from './confirm.ts';
import type { PaymentContext } from './finish.ts';
import { paymentView } from './payment-view.ts';
import { findPayment } from './payments-table.ts';

const confirmSchema = z.object({
  paymentKey: paymentKeySchema,
  orderId: orderIdSchema,
  amount: amountSchema,
});

const testConfirmSchema = z.object({
  paymentKey: paymentKeySchema.optional(),
  orderId: orderIdSchema,
  memberId: idSchema,
  amount: amountSchema,
});

/** Opens a payment window in the sandbox and lets its buyer agree: what a browser does in front of a real confirm. */
export type OpenPaymentWindow = (window: {
  orderId: string;
  amount: number;
  paymentKey?: string;
}) => Promise<string>;

export interface PaymentRoutesContext extends PaymentContext {
  /** Only in sandbox mode. */
  readonly openPaymentWindow?: OpenPaymentWindow | undefined;
}

export function paymentRoutes(context: PaymentRoutesContext) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/payments/confirm', {
      post: async (request, response) => {
        const { amount, ...rest } = parse(confirmSchema, request.body);
        const payerId = callerOf(response).memberId;
        const claim = { ...rest, amount: BigInt(amount), payerId };
        answer(response, await confirmPayment(context, claim, traceHeadersOf(response)));
      },
    });
    addRoute('/api/payments/:paymentKey', {
      get: async (request, response) => {
        const paymentKey = parse(paymentKeySchema, request.params['paymentKey']);
        const payment = await findPayment(context.knex, paymentKey);
        if (payment === undefined) throw new ShopError('payment_unknown', 'There is no such payment.');
        response.json({ result: paymentView(payment) });
      },
    });
    if (context.openPaymentWindow !== undefined) addTestConfirm(context, context.openPaymentWindow, addRoute);
  };
}

/** Confirms without a payment window, for load and for trying out. The payer need not be the buyer. */
function addTestConfirm(context: PaymentContext, openWindow: OpenPaymentWindow, addRoute: AddRoute): void {
  addRoute('/test/confirm', {
    post: async (request, response) => {
      const { orderId, amount, memberId, paymentKey: given } = parse(testConfirmSchema, request.body);
      const window = given === undefined ? { orderId, amount } : { orderId, amount, paymentKey: given };
      const paymentKey = await openWindow(window);
      const claim = { paymentKey, orderId, amount: BigInt(amount), payerId: memberId };
      answer(response, await confirmPayment(context, claim, traceHeadersOf(response)));
    },
  });
}

function answer(response: Response, { payment, replayed }: Confirmation): void {
  if (payment.status === 'confirming') {
    const location = `/api/payments/${encodeURIComponent(payment.paymentKey)}`;
    response.status(202).set({ Location: location, 'Retry-After': '1' });
  }
  response.json({ result: { ...paymentView(payment), replayed } });
}
