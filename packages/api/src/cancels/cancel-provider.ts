import type { Refusal } from '../payments/payment-provider.ts';

/** What cancels need of TossPayments. toss-payments/cancel-client.ts gives it. */
export interface CancelProvider {
  /** What it answers is true of the payment, and not only of the last call. */
  cancel(request: CancelToSend): Promise<CancelAnswer>;
  /** Every cancel that the provider knows of a payment, whoever made it. */
  lookUpCancels(paymentKey: string): Promise<CancelsAnswer>;
}

export interface CancelToSend {
  readonly paymentKey: string;
  readonly cancelReason: string;
  /** Won; all that can be refunded unless given. */
  readonly cancelAmount?: bigint;
  /** What the caller's books say can still be refunded. The provider refuses when it is not so: no refund happens twice. */
  readonly refundableAmount: bigint;
  /**
   * What of the cancel bears no VAT, as the shop sees it. The provider knows what of the payment does, and takes no more and no less than
   * fits; so it is asked first, and this is brought within that.
   */
  readonly taxFreeAmount?: bigint;
  /** Up to 290 characters, the same for the same cancel whoever sends it and however often. */
  readonly idempotencyKey: string;
}

export type CancelAnswer =
  | {
      readonly outcome: 'canceled';
      readonly transactionKey: string;
      readonly canceledAt: Date;
      readonly amount: bigint;
      /** What can still be refunded after it. */
      readonly refundableAmount: bigint;
    }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** It may or may not have happened: the same request again, later, tells. */
  | { readonly outcome: 'unknown' }
  /** It has certainly not happened. */
  | { readonly outcome: 'not_sent' };

export type CancelsAnswer =
  | { readonly outcome: 'found'; readonly cancels: readonly ProviderCancel[] }
  /** The provider did not say. */
  | { readonly outcome: 'unknown' };

export interface ProviderCancel {
  readonly transactionKey: string;
  readonly amount: bigint;
  /** What can still be refunded after it. */
  readonly refundableAmount: bigint;
  readonly cancelledAt: Date;
  readonly reason: string;
  /** Whether the bank has done it too; a foreign one takes days. */
  readonly isDone: boolean;
}
