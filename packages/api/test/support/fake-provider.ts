import type {
  ConfirmAnswer,
  LookUpAnswer,
  PaymentProvider,
  PaymentToConfirm,
} from '../../src/payments/payment-provider.ts';

/**
 * A provider whose answers a test decides, for what the sandbox cannot time to the statement. `state` is what it has really done,
 * whatever it answered.
 */
export interface FakeProvider extends PaymentProvider {
  readonly confirmed: PaymentToConfirm[];
  readonly lookedUp: string[];
  readonly state: Map<string, LookUpAnswer>;
  /** What the next confirms answer, in order; after them, everything is approved. */
  readonly next: ((payment: PaymentToConfirm) => Promise<ConfirmAnswer> | ConfirmAnswer)[];
}

export const APPROVED_AT = new Date('2026-03-01T03:00:00Z');

export function fakeProvider(): FakeProvider {
  const state = new Map<string, LookUpAnswer>();
  const next: FakeProvider['next'] = [];
  const confirmed: PaymentToConfirm[] = [];
  const lookedUp: string[] = [];
  return {
    state,
    next,
    confirmed,
    lookedUp,
    async confirm(payment) {
      confirmed.push(payment);
      return (await next.shift()?.(payment)) ?? approve(state, payment);
    },
    async lookUp(paymentKey) {
      lookedUp.push(paymentKey);
      return (
        state.get(paymentKey) ?? {
          outcome: 'refused',
          refusal: { code: 'NOT_FOUND_PAYMENT', message: '존재하지 않는 결제 정보 입니다.' },
        }
      );
    },
  };
}

export function approve(
  state: Map<string, LookUpAnswer>,
  { paymentKey, orderId, amount }: PaymentToConfirm,
): ConfirmAnswer {
  const approval = { approvedAt: APPROVED_AT, method: '카드' };
  state.set(paymentKey, { outcome: 'approved', approval, orderId, amount });
  return { outcome: 'approved', approval };
}
