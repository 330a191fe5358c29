import type { Knex } from 'knex';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { createLimit } from './notice-limit.ts';
import { findOpenPayment, noteLookUp } from './payments-table.ts';

export interface NoticeContext {
  readonly knex: Knex;
  readonly clock: () => Date;
}

/** `PAYMENT_STATUS_CHANGED` names the payment in `data`; `DEPOSIT_CALLBACK` is flat and names the order. */
const noticeSchema = z.object({
  eventType: z.string().optional(),
  orderId: orderIdSchema.optional(),
  data: z.object({ paymentKey: paymentKeySchema.optional() }).optional(),
});

/** For all senders together: whoever forges notices can make this service ask the provider no more often than that. */
const LIMIT = { most: 200, perSecond: 50 };

/**
 * What TossPayments sends when a payment has changed. It is not signed, so nothing that it says is believed: the payment that it
 * names is looked up, soon, by the job that recovers payments.
 */
export function tossNoticeRoutes({ knex, clock }: NoticeContext): Route[] {
  const limit = createLimit(LIMIT);
  return [
    defineRoute({
      method: 'post',
      path: '/webhooks/toss',
      summary: 'Hear from TossPayments that a payment has changed',
      description:
        'Nothing of the notice is believed but whom to ask about: the payment is looked up at the provider. Every notice is answered alike, whether or not there is such a payment.',
      tags: ['Webhooks'],
      access: 'anyone',
      // The provider sends none, and the same notice twice does no harm.
      idempotency: 'none',
      body: noticeSchema,
      unknownFields: 'ignored',
      example: {
        eventType: 'PAYMENT_STATUS_CHANGED',
        createdAt: '2026-11-23T16:33:11.000000',
        data: { paymentKey: 'tgen_20261123160011ygMWzu8o', status: 'PARTIAL_CANCELED' },
      },
      answers: { 200: { description: 'Heard' } },
      problems: ['notices_too_many'],
      async handle({ body: { data, orderId } }) {
        const now = clock();
        if (!limit.take(now)) {
          throw new ShopError('notices_too_many', 'So many notices cannot be heard at once; send it later.');
        }
        const paymentKey = data?.paymentKey ?? (await keyOf(knex, orderId));
        if (paymentKey !== undefined) await noteLookUp(knex, paymentKey, now);
        return { status: 200 };
      },
    }),
  ];
}

async function keyOf(knex: Knex, orderId: string | undefined): Promise<string | undefined> {
  return orderId === undefined ? undefined : (await findOpenPayment(knex, orderId))?.paymentKey;
}
