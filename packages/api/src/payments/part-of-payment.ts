import type { Cancel } from '../cancels/cancel.ts';
import { type PartsReader, partOfCancel } from '../cancels/part-of-cancel.ts';
import type { Payment } from './payment.ts';

/**
 * A payment as a seller of it sees it: what it sold by it and what of that went back, and nothing of who paid and of other sellers.
 * @param cancels those under way or done
 */
export function partOfPayment(
  payment: Payment,
  cancels: readonly Cancel[],
  reader: PartsReader,
): { readonly payment: Payment; readonly cancels: readonly Cancel[] } {
  const parts = cancels
    .map((cancel) => partOfCancel(cancel, reader))
    .filter(({ shares }) => shares.length > 0);
  const own = reader.lines.filter(({ sellerId }) => String(sellerId) === reader.sellerId);
  const gone = parts.filter(({ status }) => status === 'done');
  return {
    payment: { ...payment, amount: sumOf(own), refunded: sumOf(gone) },
    cancels: parts,
  };
}

function sumOf(items: readonly { readonly amount: bigint }[]): bigint {
  return items.reduce((sum, { amount }) => sum + amount, 0n);
}
