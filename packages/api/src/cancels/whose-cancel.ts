import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { type Concerned, ownPart, paymentUnknown } from '../payments/sight.ts';

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
  const own = ownPart(caller, sellerIds);
  if (own === undefined) throw paymentUnknown();
  if (asked !== undefined && asked !== own) {
    throw new ShopError('cancel_line_unknown', 'A seller cancels its own part of an order.', {
      sellerId: asked,
    });
  }
  return own;
}
