import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { type Order, sharesOf } from '../orders/order.ts';
import type { Payment } from './payment.ts';

/** Whom a payment concerns. */
export interface Concerned {
  readonly payerId: number;
  readonly buyerId: number;
  readonly sellerIds: readonly string[];
}

/** Whom a payment concerns, with the order that it is for. */
export function concernedBy(
  { payerId }: Pick<Payment, 'payerId'>,
  { buyerId, lines }: Pick<Order, 'buyerId' | 'lines'>,
): Concerned {
  return { payerId, buyerId, sellerIds: sharesOf(lines).map(({ sellerId }) => sellerId) };
}

/** How much of a payment somebody is shown: all of it, one seller's part, or nothing. */
export type Sight = 'all' | { readonly sellerId: string } | 'nothing';

/** Who paid, who ordered and staff see all of a payment, and who sold of it the own part. To anybody else it is not there. */
export function sightOf(caller: Caller, { payerId, buyerId, sellerIds }: Concerned): Sight {
  if (hasRole(caller, 'accountant', 'operator')) return 'all';
  if (caller.memberId === payerId || caller.memberId === buyerId) return 'all';
  const sellerId = ownPart(caller, sellerIds);
  return sellerId === undefined ? 'nothing' : { sellerId };
}

/** What is said of a payment that is not there, and of one that the caller is not shown. */
export function paymentUnknown(): ShopError {
  return new ShopError('payment_unknown', 'There is no such payment.');
}

/** As which of these sellers the caller sells. */
export function ownPart(caller: Caller, sellerIds: readonly string[]): string | undefined {
  if (caller.sellerId === undefined || !hasRole(caller, 'seller')) return undefined;
  const own = String(caller.sellerId);
  return sellerIds.includes(own) ? own : undefined;
}
