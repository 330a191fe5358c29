/** What one seller gives back by a cancel. Won. */
export interface CancelShare {
  readonly sellerId: string;
  /** What the seller sold of the payment, at first. */
  readonly sold: bigint;
  readonly amount: bigint;
  /** What has gone back by then, with this cancel. */
  readonly refunded: bigint;
}

/** How many of a kimchi the cancel is for. */
export interface CancelItem {
  readonly kimchiId: number;
  readonly quantity: number;
}

export type CancelStatus = 'cancelling' | 'done' | 'refused' | 'released';

/** A payment, or a part of it, that goes back to its buyer. */
export interface Cancel {
  readonly cancelId: string;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: bigint;
  /** What could be given back before it. One cancel of a payment begins where the one before it ended. */
  readonly refundable: bigint;
  /** What of it bears no VAT; null where the order has nothing such, or all that is left goes back. */
  readonly taxFreeAmount: bigint | null;
  readonly reason: string;
  readonly shares: readonly CancelShare[];
  /** Where it was asked for by what was bought. */
  readonly items: readonly CancelItem[] | null;
  /**
   * `cancelling`: the provider is being asked. `done`: the money goes back. `refused`: the provider will not. `released`: it could not be
   * asked.
   */
  readonly status: CancelStatus;
  /** Who asked for it; null where it was made at the provider, and not here. */
  readonly askedBy: number | null;
  readonly claimedAt: Date;
  readonly transactionKey: string | null;
  readonly cancelledAt: Date | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
}

/** The same for the same cancel, whoever sends it and however often. */
export function providersKeyOf({ cancelId }: Pick<Cancel, 'cancelId'>): string {
  return `cancel:${cancelId}`;
}
