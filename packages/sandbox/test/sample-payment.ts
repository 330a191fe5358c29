import { type Method, openedPayment, type Payment } from '../src/toss/payment.ts';

export const OPENED_AT = new Date('2026-03-01T12:00:00.000Z');

/** The instant so many ms after the sample payment was opened. */
export function after(ms: number): Date {
  return new Date(OPENED_AT.getTime() + ms);
}

/** 38,000 won for the order kimchi-1, opened and not confirmed. */
export function samplePayment(
  sample: { method?: Method; taxFreeAmount?: number; refusesWith?: string } = {},
): Payment {
  return openedPayment({
    kind: 'opened',
    paymentKey: 'key-1',
    orderId: 'kimchi-1',
    orderName: '포기김치',
    customerName: null,
    method: sample.method ?? '카드',
    amount: 38_000,
    taxFreeAmount: sample.taxFreeAmount ?? 0,
    refusesWith: sample.refusesWith ?? null,
    at: OPENED_AT.toISOString(),
  });
}
