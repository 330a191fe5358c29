import { z } from 'zod';
import { amountSchema, idSchema, orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { instantSchema, wonSchema } from '../http/schemas.ts';

const itemSchema = z
  .strictObject({ kimchiId: idSchema, quantity: z.int().min(1).max(100) })
  .meta({ id: 'CancelItem' });

/** What is asked for. */
export const cancelRequestSchema = z
  .object({
    cancelReason: z
      .string()
      .trim()
      .min(1, 'must say why')
      .max(200, 'must have 200 characters at most')
      .meta({ description: 'Why, as the provider and the buyer’s bank show it.' }),
    cancelAmount: amountSchema.optional().meta({
      description: 'So much of it. Absent: all that is left, of the seller named or of all.',
    }),
    sellerId: idSchema.optional().meta({
      description: 'Whose part goes back. Absent: every seller’s, pro rata of what each has left.',
    }),
    items: z.array(itemSchema).min(1).max(100).optional().meta({
      description: 'What goes back, at the prices of the order. Instead of cancelAmount.',
    }),
  })
  .refine(({ items, cancelAmount }) => items === undefined || cancelAmount === undefined, {
    path: ['cancelAmount'],
    error: 'must be absent where items are named',
  })
  .refine(({ items = [] }) => new Set(items.map(({ kimchiId }) => kimchiId)).size === items.length, {
    path: ['items'],
    error: 'must name each kimchi once',
  });

/** A cancel as clients see it; a seller sees what of it is its own. */
export const cancelSchema = z
  .object({
    cancelId: z.string(),
    paymentKey: paymentKeySchema,
    orderId: orderIdSchema,
    status: z.enum(['cancelling', 'done', 'refused', 'released']).meta({
      description: 'cancelling: the provider is being asked. done: the money goes back.',
    }),
    amount: wonSchema,
    refundable: wonSchema.meta({ description: 'What is left to give back after it.' }),
    reason: z.string(),
    shares: z.array(z.object({ sellerId: z.string(), amount: wonSchema })).meta({
      description: 'What each seller gives back.',
    }),
    items: z.array(z.object({ kimchiId: z.int(), quantity: z.int() })).nullable(),
    askedBy: z.int().nullable().meta({
      description: 'The member; null where it was made at the provider, and to a seller where another asked.',
    }),
    transactionKey: z.string().nullable().meta({ description: 'The provider’s name for it.' }),
    cancelledAt: instantSchema.nullable(),
  })
  .meta({ id: 'Cancel' });

export const cancellationSchema = cancelSchema
  .extend({
    replayed: z.boolean().meta({ description: 'Whether the same request had asked for it before.' }),
  })
  .meta({ id: 'Cancellation' });
