import { z } from 'zod';
import { METHODS } from './payment.ts';

const paymentKey = z.string().min(1).max(200);
const orderId = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/);
const amount = z.int().min(1);
const taxFreeAmount = z.int().min(0);

export const confirmSchema = z.object({ paymentKey, orderId, amount });

export const cancelSchema = z.object({
  cancelReason: z.string().min(1).max(200),
  cancelAmount: amount.optional(),
  taxFreeAmount: taxFreeAmount.optional(),
  refundableAmount: z.int().min(0).optional(),
  currency: z.literal('KRW').optional(),
});

/** What a buyer does in the payment window. `refuseWith` is a card that will refuse, with the code that its confirm gets. */
export const windowSchema = z
  .object({
    orderId,
    amount,
    paymentKey: paymentKey.optional(),
    orderName: z.string().min(1).max(100).default('김치'),
    customerName: z.string().max(100).nullable().default(null),
    method: z.enum(METHODS).default('카드'),
    taxFreeAmount: taxFreeAmount.default(0),
    refuseWith: z.string().nullable().default(null),
  })
  .refine((window) => window.taxFreeAmount <= window.amount, 'taxFreeAmount is more than amount');

export type WindowRequest = z.output<typeof windowSchema>;

export const listSchema = z.object({
  status: z.string().optional(),
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});
