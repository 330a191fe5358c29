import type { Approval } from './payment.ts';

/** What payments need of TossPayments. The client in toss-payments/ gives it; here stands only what its answers mean. */
export interface PaymentProvider {
  /** Deterministic retries: the same payment is always sent with the same idempotency key. */
  confirm(payment: PaymentToConfirm): Promise<ConfirmAnswer>;
  lookUp(paymentKey: string): Promise<LookUpAnswer>;
}

export interface PaymentToConfirm {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type ConfirmAnswer =
  | { readonly outcome: 'approved'; readonly approval: Approval }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** It may or may not have happened. */
  | { readonly outcome: 'unknown' }
  /** It has certainly not happened: nothing was sent. */
  | { readonly outcome: 'not_sent' };

export type LookUpAnswer =
  | {
      readonly outcome: 'approved';
      readonly approval: Approval;
      /** Whether a part of it went back already. */
      readonly hasCancels?: boolean;
      readonly orderId: string;
      readonly amount: bigint;
    }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The provider waits for a confirm. */
  | { readonly outcome: 'unconfirmed' }
  /** The provider did not say, or waits for somebody else. */
  | { readonly outcome: 'unknown' };
