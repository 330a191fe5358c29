import { z } from 'zod';
import { orderIdSchema } from '../http/parse.ts';
import { instantSchema, wonSchema } from '../http/schemas.ts';
import { paymentSchema } from '../payments/payment-schema.ts';
import { ORDER_STATUSES } from './transitions.ts';

export const orderLineSchema = z
  .object({
    kimchiId: z.int(),
    sellerId: z.string(),
    name: z.string(),
    quantity: z.int().min(1),
    unitPrice: wonSchema,
    amount: wonSchema,
    taxFree: z.boolean(),
  })
  .meta({ id: 'OrderLine' });

/** An order as check-out answers it. */
export const orderSchema = z
  .object({
    orderId: orderIdSchema,
    amount: wonSchema,
    taxFreeAmount: wonSchema.meta({ description: 'The part of the amount that bears no VAT.' }),
    currency: z.literal('KRW'),
    orderName: z.string().meta({ description: 'What the buyer reads in the payment window.' }),
    buyerId: z.int(),
    cartId: z.int(),
    lines: z.array(orderLineSchema),
    createdAt: instantSchema,
    expiresAt: instantSchema
      .nullable()
      .meta({ description: 'When it expires unless it is paid. Null for orders of before they did.' }),
  })
  .meta({ id: 'Order' });

/** An order with what has become of it. */
export const orderStatusSchema = orderSchema
  .extend({ status: z.enum(ORDER_STATUSES) })
  .meta({ id: 'OrderStatus' });

export const orderStateSchema = orderStatusSchema
  .extend({
    payment: paymentSchema.nullable().meta({ description: 'Null while no payment is under way or done.' }),
  })
  .meta({ id: 'OrderState' });
