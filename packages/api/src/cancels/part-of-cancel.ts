import type { OrderLine } from '../orders/order.ts';
import type { Cancel } from './cancel.ts';

/** Whose part of a payment it is about, and who looks at it. */
export interface PartsReader {
  readonly sellerId: string;
  /** Of the whole order. */
  readonly lines: readonly OrderLine[];
  readonly memberId: number;
}

/**
 * What a seller is shown of a cancel: what goes back of its own part, and who asked where that is the reader. Nothing goes back of it
 * where the cancel is of others.
 */
export function partOfCancel(cancel: Cancel, { sellerId, lines, memberId }: PartsReader): Cancel {
  const share = cancel.shares.find((one) => one.sellerId === sellerId);
  const own = new Set(lines.flatMap((line) => (String(line.sellerId) === sellerId ? [line.productId] : [])));
  return {
    ...cancel,
    amount: share?.amount ?? 0n,
    refundable: share === undefined ? 0n : share.sold - share.refunded + share.amount,
    shares: share === undefined ? [] : [share],
    items: cancel.items?.filter(({ kimchiId }) => own.has(kimchiId)) ?? null,
    askedBy: cancel.askedBy === memberId ? memberId : null,
  };
}
