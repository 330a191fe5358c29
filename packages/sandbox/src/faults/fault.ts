import { z } from 'zod';

/** A fault that is to happen. It is of the network or of a gateway before the provider, so it leaves no trace in idempotency. */
export const faultSchema = z
  .object({
    route: z.enum([
      'confirm',
      'get',
      'cancel',
      'naver-token',
      'naver-me',
      'kakao-token',
      'kakao-me',
      'kakao-logout',
      'kakao-unlink',
      'shop-search',
    ]),
    /** How much longer the provider takes. A request under an idempotency key is being processed meanwhile. */
    latencyMs: z.int().min(0).max(600_000).default(0),
    /** Answered in place of the provider's own answer. */
    status: z.int().min(400).max(599).optional(),
    code: z.string().default('FAILED_INTERNAL_SYSTEM_PROCESSING'),
    /** Answered in place of the provider's own answer, with `status` or 200: what no client can read. */
    garble: z.enum(['html', 'cut-json', 'other-json']).optional(),
    /** With `status` or `garble`: whether the provider had done the work when the error was answered. */
    afterWork: z.boolean().default(false),
    /** Cuts the connection without an answer, before or after the work is done. */
    dropAnswer: z.enum(['before', 'after']).optional(),
    times: z.union([z.int().min(1), z.literal('always')]).default(1),
    paymentKey: z.string().optional(),
    orderId: z.string().optional(),
    /** How likely it strikes where it matches. The same seed gives the same run of strikes. */
    probability: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
  })
  .refine(({ status, garble, dropAnswer }) => (status ?? garble) === undefined || dropAnswer === undefined, {
    error: 'what is dropped cannot be answered as well',
  });

export type Fault = z.output<typeof faultSchema>;

/** What a request is, as far as faults go by it. */
export interface FaultTarget {
  readonly route: Fault['route'];
  readonly paymentKey: string | undefined;
  readonly orderId: string | undefined;
}

export function matches(fault: Fault, target: FaultTarget): boolean {
  if (fault.route !== target.route) return false;
  if (fault.paymentKey !== undefined && fault.paymentKey !== target.paymentKey) return false;
  return fault.orderId === undefined || fault.orderId === target.orderId;
}

/** Numbers from 0 to 1 that only a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
