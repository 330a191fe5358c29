import { z } from 'zod';
import type { Approval } from '../payments/payment.ts';
import type { Refusal } from '../payments/payment-provider.ts';

/** What of TossPayments' Payment object counts here. It may hold anything else, and lack what is not needed. */
const paymentSchema = z.object({
  paymentKey: z.string(),
  orderId: z.string(),
  status: z.string(),
  totalAmount: z.union([z.int(), z.string().regex(/^\d{1,18}$/)]).transform(BigInt),
  currency: z.string().nullish(),
  method: z.string().nullish().catch(null),
  approvedAt: z.string().nullish().catch(null),
  failure: z.object({ code: z.string(), message: z.string() }).nullish().catch(null),
});

export type TossPayment = z.output<typeof paymentSchema>;

/** Undefined where the body is no Payment. */
export function readPayment(body: unknown): TossPayment | undefined {
  return paymentSchema.safeParse(body).data;
}

export type Standing =
  /** The money was taken. That some of it went back later is another matter. */
  | 'approved'
  /** It was not taken or went back whole, and nothing will change that. */
  | 'dead'
  | 'unconfirmed'
  /** It waits for the buyer, or is in a state that this code does not know. */
  | 'waiting';

const STANDINGS: Readonly<Record<string, Standing>> = {
  READY: 'waiting',
  IN_PROGRESS: 'unconfirmed',
  WAITING_FOR_DEPOSIT: 'waiting',
  DONE: 'approved',
  PARTIAL_CANCELED: 'approved',
  CANCELED: 'dead',
  ABORTED: 'dead',
  EXPIRED: 'dead',
};

export function standingOf({ status }: TossPayment): Standing {
  return Object.hasOwn(STANDINGS, status) ? (STANDINGS[status] ?? 'waiting') : 'waiting';
}

export function hasCancels({ status }: TossPayment): boolean {
  return status === 'PARTIAL_CANCELED';
}

export interface Expected {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
}

export function isAsExpected(payment: TossPayment, expected: Expected): boolean {
  return (
    payment.paymentKey === expected.paymentKey &&
    payment.orderId === expected.orderId &&
    payment.totalAmount === expected.amount &&
    (payment.currency ?? 'KRW') === 'KRW'
  );
}

/** An approval without a readable time is an approval all the same: it happened by now. */
export function approvalOf({ approvedAt, method }: TossPayment, now: Date): Approval {
  const at = new Date(approvedAt ?? Number.NaN);
  return { approvedAt: Number.isNaN(at.getTime()) ? now : at, method: method ?? null };
}

const DEAD_MESSAGES: Readonly<Record<string, string>> = {
  CANCELED: '취소된 결제 입니다.',
  ABORTED: '승인에 실패한 결제 입니다.',
  EXPIRED: '유효 시간이 지난 결제 입니다.',
};

export function refusalOfDead({ status, failure }: TossPayment): Refusal {
  return failure ?? { code: status, message: DEAD_MESSAGES[status] ?? status };
}

export const MISMATCH: Refusal = {
  code: 'PAYMENT_MISMATCH',
  message: '결제 정보가 주문과 일치하지 않습니다.',
};
