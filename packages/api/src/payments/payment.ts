export type PaymentStatus = 'confirming' | 'done' | 'refused' | 'released';

/** A payment as the shop knows it. */
export interface Payment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly payerId: number;
  readonly amount: bigint;
  readonly currency: string;
  /**
   * `confirming`: the provider is being asked. `done`: it approved. `refused`: it will not. `released`: it could not be asked, so
   * the same key may try again.
   */
  readonly status: PaymentStatus;
  readonly claimedAt: Date;
  readonly method: string | null;
  readonly approvedAt: Date | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
}

/** What the provider said when it approved. */
export interface Approval {
  readonly approvedAt: Date;
  readonly method: string | null;
}
