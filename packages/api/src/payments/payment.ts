import type { TraceHeaders } from '../http/tracing.ts';
import type { OrderLine } from '../orders/order.ts';

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
  /** What of it has gone back, never more than the amount. */
  readonly refunded: bigint;
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

/** A payment that the provider approved, with all that its record needs. */
export interface ApprovedPayment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly approval: Approval;
  readonly lines: readonly OrderLine[];
  /** What the event carries of the request; recovery has none. */
  readonly headers?: TraceHeaders;
}
