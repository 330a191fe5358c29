import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { cancelView } from '../cancels/cancel-view.ts';
import { isSandboxs } from '../http/caller.ts';
import { amountSchema, idSchema, orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { type AnswerOf, defineRoute, type ProblemCode, type Route } from '../http/route.ts';
import { type Confirmation, type ConfirmContext, confirmPayment } from './confirm.ts';
import type { PaymentContext } from './finish.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { confirmationSchema, paymentStateSchema } from './payment-schema.ts';
import { paymentView } from './payment-view.ts';
import { showPayment } from './show-payment.ts';
import { confirmTogether } from './together.ts';

export interface PaymentRoutesContext extends PaymentContext {
  /** Its buyer agrees in the payment window when a confirm comes. Only in sandbox mode. */
  readonly agreeingProvider?: PaymentProvider | undefined;
}

const CONFIRM_ANSWERS = {
  200: { description: 'The payment is done', result: confirmationSchema },
  202: {
    description:
      'The provider did not say what it did; recovery finishes the payment, and its address tells how it ended',
    result: confirmationSchema,
    headers: { Location: 'The payment’s address', 'Retry-After': 'Seconds after which to ask it' },
  },
} as const;

const CONFIRM_PROBLEMS: readonly ProblemCode[] = [
  'member_unknown',
  'order_unknown',
  'amount_mismatch',
  'payment_in_progress',
  'payment_key_used',
  'payment_refused',
  'payment_provider_unavailable',
  'payment_recording_delayed',
  'order_already_paid',
  'order_cancelled',
  'order_expired',
];

export function paymentRoutes(parts: PaymentRoutesContext): Route[] {
  const context = { ...parts, together: confirmTogether(parts) };
  return [confirmRoute(context), readRoute(context), testConfirmRoute(context)];
}

function confirmRoute(context: ConfirmContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/payments/confirm',
    summary: 'Confirm a payment when the buyer comes back from the payment window',
    description: 'The payer is the caller, who has ordered. The same confirm again gives the same payment.',
    tags: ['Payments'],
    access: 'known',
    body: z.object({ paymentKey: paymentKeySchema, orderId: orderIdSchema, amount: amountSchema }),
    // A shop’s page hands on whatever the payment window gave it.
    unknownFields: 'ignored',
    example: {
      paymentKey: 'tgen_20261123160011ygMWzu8o',
      orderId: '01a20922-e322-728c-91d7-db1f27ed7f8f',
      amount: 38_000,
    },
    answers: CONFIRM_ANSWERS,
    problems: CONFIRM_PROBLEMS,
    async handle({ body, caller, trace }) {
      // The sandbox's own member pays for whom it likes; anybody else pays what they ordered.
      const buyerId = isSandboxs(caller) ? undefined : caller.memberId;
      const claim = { ...body, amount: BigInt(body.amount), payerId: caller.memberId, buyerId };
      return answerOf(await confirmPayment(context, claim, trace));
    },
  });
}

function readRoute({ knex }: PaymentContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/payments/{paymentKey}',
    summary: 'Read a payment’s state and its cancels',
    description:
      'Who paid, who ordered, accountants and operators read all of it; a seller of it its own part, once it is done. To anybody else there is no such payment.',
    tags: ['Payments'],
    access: 'known',
    params: z.object({ paymentKey: paymentKeySchema }),
    answers: { 200: { description: 'The payment', result: paymentStateSchema } },
    problems: ['payment_unknown'],
    async handle({ params, caller }) {
      const { payment, cancels, sellerId } = await showPayment(knex, caller, params.paymentKey);
      const shown = paymentView(payment);
      return {
        status: 200,
        result: {
          ...shown,
          payerId: sellerId === null ? shown.payerId : null,
          sellerId,
          cancels: cancels.map(cancelView),
        },
      };
    },
  });
}

/** Confirms without a payment window, for load and for trying out. The payer need not be the buyer. */
function testConfirmRoute({ agreeingProvider, ...context }: PaymentRoutesContext & ConfirmContext): Route {
  return defineRoute({
    method: 'post',
    path: '/test/confirm',
    summary: 'Let a buyer of the sandbox agree, and confirm',
    description:
      '`memberId` is the payer, who need not be the buyer. Without a paymentKey a fresh one is made.',
    tags: ['Sandbox'],
    access: 'known',
    sandboxOnly: true,
    body: z.object({
      paymentKey: paymentKeySchema.optional(),
      orderId: orderIdSchema,
      memberId: idSchema,
      amount: amountSchema,
    }),
    unknownFields: 'ignored',
    example: { orderId: '01a20922-e322-728c-91d7-db1f27ed7f8f', memberId: 7, amount: 38_000 },
    answers: CONFIRM_ANSWERS,
    problems: CONFIRM_PROBLEMS,
    async handle({ body, trace }) {
      const { orderId, amount, memberId: payerId, paymentKey = freshKey(context.clock()) } = body;
      if (agreeingProvider === undefined) throw new Error('There is no sandbox.');
      const claim = { paymentKey, orderId, amount: BigInt(amount), payerId };
      return answerOf(await confirmPayment({ ...context, provider: agreeingProvider }, claim, trace));
    },
  });
}

/** Looks like the provider's: `tgen_20260301210000Ab3dE6gH`. */
function freshKey(now: Date): string {
  return `tgen_${now.toISOString().replace(/\D/g, '').slice(0, 14)}${randomBytes(6).toString('base64url')}`;
}

function answerOf({ payment, replayed }: Confirmation): AnswerOf<typeof CONFIRM_ANSWERS> {
  const result = { ...paymentView(payment), replayed };
  if (payment.status !== 'confirming') return { status: 200, result };
  const location = `/api/payments/${encodeURIComponent(payment.paymentKey)}`;
  return { status: 202, headers: { Location: location, 'Retry-After': '1' }, result };
}
