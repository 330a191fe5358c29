import { z } from 'zod';
import { readIdempotencyKey } from '../http/idempotency/key.ts';
import { paymentKeySchema } from '../http/parse.ts';
import { type AnswerOf, defineRoute, type Route } from '../http/route.ts';
import { findOrder } from '../orders/orders-table.ts';
import { findPayment } from '../payments/payments-table.ts';
import { concernedBy, paymentUnknown, sightOf } from '../payments/sight.ts';
import { type Cancellation, cancelPayment } from './cancel-payment.ts';
import { cancellationSchema, cancelRequestSchema } from './cancel-schema.ts';
import { cancelView } from './cancel-view.ts';
import type { CancelContext } from './finish-cancel.ts';
import { partOfCancel } from './part-of-cancel.ts';
import { sellerOfCancel } from './whose-cancel.ts';

const ANSWERS = {
  200: { description: 'The money goes back', result: cancellationSchema },
  202: {
    description:
      'The provider did not say what it did; recovery finishes the cancel, and the payment tells how it ended',
    result: cancellationSchema,
    headers: { Location: 'The payment’s address', 'Retry-After': 'Seconds after which to ask it' },
  },
} as const;

export function cancelRoutes(context: CancelContext): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/payments/{paymentKey}/cancel',
      summary: 'Give a payment back, or a part of it',
      description:
        'Any number of parts, one at a time, until nothing is left. Send an Idempotency-Key: without one, the same request again is another cancel. Who paid, who ordered and operators may cancel all of it, sellers their own part.',
      tags: ['Payments'],
      access: 'known',
      params: z.object({ paymentKey: paymentKeySchema }),
      body: cancelRequestSchema,
      example: { cancelReason: '단순 변심', cancelAmount: 9_000 },
      answers: ANSWERS,
      problems: [
        'payment_unknown',
        'payment_in_progress',
        'payment_not_done',
        'payment_cancelled',
        'cancel_in_progress',
        'cancel_line_unknown',
        'cancel_exceeds_refundable',
        'cancel_refused',
        'payment_provider_unavailable',
        'cancel_recording_delayed',
      ],
      async handle({ params: { paymentKey }, body, caller, trace, request }) {
        const { concerned, lines } = await readConcerned(context, paymentKey);
        const asked = body.sellerId === undefined ? undefined : String(body.sellerId);
        const wanted = {
          paymentKey,
          reason: body.cancelReason,
          amount: body.cancelAmount === undefined ? undefined : BigInt(body.cancelAmount),
          items: body.items,
          sellerId: sellerOfCancel(caller, concerned, asked),
          askedBy: caller.memberId,
          // Kept with the cancel as well: whoever calls again after a process has died must not cancel twice.
          idempotencyKey: readIdempotencyKey(request.get('Idempotency-Key')),
        };
        const { cancel, replayed } = await cancelPayment(context, wanted, trace);
        const sight = sightOf(caller, concerned);
        if (typeof sight === 'string') return answerOf({ cancel, replayed });
        const reader = { ...sight, lines, memberId: caller.memberId };
        return answerOf({ cancel: partOfCancel(cancel, reader), replayed });
      },
    }),
  ];
}

async function readConcerned({ knex }: CancelContext, paymentKey: string) {
  const payment = await findPayment(knex, paymentKey);
  const order = payment && (await findOrder(knex, payment.orderId));
  if (payment === undefined || order === undefined) throw paymentUnknown();
  return { concerned: concernedBy(payment, order), lines: order.lines };
}

function answerOf({ cancel, replayed }: Cancellation): AnswerOf<typeof ANSWERS> {
  const result = { ...cancelView(cancel), replayed };
  if (cancel.status !== 'cancelling') return { status: 200, result };
  const location = `/api/payments/${encodeURIComponent(cancel.paymentKey)}`;
  return { status: 202, headers: { Location: location, 'Retry-After': '2' }, result };
}
