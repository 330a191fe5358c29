import { z } from 'zod';
import { isRegistered } from '../log-in/applications.ts';

const address = z.string().max(2_000).refine(isRegistered, 'must be an address of this machine');

/** What a shop sends a buyer to the payment window with: the parameters of the provider's `requestPayment`. */
export const windowVisitSchema = z.object({
  orderId: z.string().regex(/^[A-Za-z0-9_-]{6,64}$/),
  orderName: z.string().min(1).max(100),
  amount: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  successUrl: address,
  failUrl: address,
});

export type WindowVisit = z.output<typeof windowVisitSchema>;
