import { z } from 'zod';
import { cancelSchema } from '../cancels/cancel-schema.ts';
import { orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { instantSchema, wonSchema } from '../http/schemas.ts';

/** A payment as clients see it. */
export const paymentSchema = z
  .object({
    paymentKey: paymentKeySchema,
    orderId: orderIdSchema,
    status: z.enum(['confirming', 'done', 'partially_cancelled', 'cancelled', 'refused', 'released']).meta({
      description:
        'confirming: the provider is being asked. done: it approved; partially_cancelled, cancelled: and gave back a part, or all. refused: it will not. released: it could not be asked, and the same key may try again.',
    }),
    amount: wonSchema,
    refunded: wonSchema.meta({ description: 'What of it has gone back.' }),
    currency: z.string(),
    payerId: z.int(),
    method: z.string().nullable(),
    approvedAt: instantSchema.nullable(),
    failure: z
      .object({ code: z.string(), message: z.string().nullable() })
      .nullable()
      .meta({ description: 'Why the provider refused, in its words.' }),
  })
  .meta({ id: 'Payment' });

export const confirmationSchema = paymentSchema
  .extend({
    replayed: z.boolean().meta({ description: 'Whether the payment was done before this request.' }),
  })
  .meta({ id: 'Confirmation' });

export const paymentStateSchema = paymentSchema
  .extend({
    sellerId: z.string().nullable().meta({
      description:
        'Whose part of the payment this is, where a seller reads it: amount, refunded, status and cancels are of that part. Null: all of it.',
    }),
    payerId: z.int().nullable().meta({ description: 'Null where a seller reads it.' }),
    cancels: z.array(cancelSchema).meta({ description: 'Those under way or done, in their order.' }),
  })
  .meta({ id: 'PaymentState' });
