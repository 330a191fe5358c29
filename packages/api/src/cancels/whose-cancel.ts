import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';

/** Whom a payment concerns. */
export interface Concerned {
  readonly payerId: number;
  readonly buyerId: number;
  readonly sellerIds: readonly string[];
}

/**
 * Whose part of a payment a caller may cancel: an operator, who paid and who ordered any; a seller its own. Anybody else is told that
 * there is no such payment.
 * @returns the seller to whom the cancel is limited; undefined where it is not
 * @throws ShopError `payment_unknown`; `cancel_line_unknown` where a seller asks for another's part
 */
export function sellerOfCancel(
  caller: Caller,
  { payerId, buyerId, sellerIds }: Concerned,
  asked: string | undefined,
): string | undefined {
  if (hasRole(caller, 'operator')) return asked;
  if (caller.memberId === payerId || caller.memberId === buyerId) return asked;
  const own = caller.sellerId === undefined ? undefined : String(caller.sellerId);
  if (own === undefined || !hasRole(caller, 'seller') || !sellerIds.includes(own)) {
    throw new ShopError('payment_unknown', 'There is no such payment.');
  }
  if (asked !== undefined && asked !== own) {
    throw new ShopError('cancel_line_unknown', 'A seller cancels its own part of an order.', {
      sellerId: asked,
    });
  }
  return own;
}
