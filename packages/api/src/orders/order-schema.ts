import { z } from 'zod';
import { orderIdSchema } from '../http/parse.ts';
import { instantSchema, wonSchema } from '../http/schemas.ts';
import { paymentSchema } from '../payments/payment-schema.ts';

const orderLineSchema = z
  .object({
    kimchiId: z.int(),
    sellerId: z.string(),
    name: z.string(),
    quantity: z.int().min(1),
    unitPrice: wonSchema,
    amount: wonSchema,
  })
  .meta({ id: 'OrderLine' });

/** An order as check-out answers it. */
export const orderSchema = z
  .object({
    orderId: orderIdSchema,
    amount: wonSchema,
    currency: z.literal('KRW'),
    orderName: z.string().meta({ description: 'What the buyer reads in the payment window.' }),
    buyerId: z.int(),
    cartId: z.int(),
    lines: z.array(orderLineSchema),
    createdAt: instantSchema,
  })
  .meta({ id: 'Order' });

export const orderStateSchema = orderSchema
  .extend({
    status: z.enum(['awaiting_payment', 'paid', 'cancelled']),
    payment: paymentSchema.nullable().meta({ description: 'Null while no payment is under way or done.' }),
  })
  .meta({ id: 'OrderState' });
