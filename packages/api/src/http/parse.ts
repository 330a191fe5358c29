import { z } from 'zod';
import { ShopError } from '../errors.ts';

/** @throws ShopError `request_invalid`, which names every field that is wrong */
export function parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const summary = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new ShopError('request_invalid', summary.join('; '), { errors });
}

const MAX_ID = 4_294_967_295;
const ID_RULE = `must be a whole number from 1 to ${MAX_ID}, or the same as text`;

/** An id of the shop's own, as a number or as text: artillery sends what it reads from a CSV file as text. */
export const idSchema = z.union(
  [
    z.int().min(1).max(MAX_ID),
    z
      .string()
      .regex(/^[1-9]\d{0,9}$/)
      .transform(Number)
      .refine((id) => id <= MAX_ID),
  ],
  { error: ID_RULE },
);

/** Won as a JSON number, as the contract of check-out and confirm shows it. */
export const amountSchema = z
  .int({ error: 'must be a whole number of won' })
  .min(1, 'must be above zero')
  .max(Number.MAX_SAFE_INTEGER);

/** TossPayments: 6 to 64 of these. Anything else cannot be an order. */
export const orderIdSchema = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/, 'must be 6 to 64 of A-Z a-z 0-9 - _');

/** Within what the outbox holds as an aggregate's id; TossPayments' own keys are far shorter than its limit of 200. */
export const paymentKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,191}$/, 'must be 1 to 191 printable ASCII characters without spaces');
