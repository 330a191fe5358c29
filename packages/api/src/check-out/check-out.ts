import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { type Order, priceOrder } from '../orders/order.ts';
import { readCheckOutFacts } from './facts-table.ts';

export interface CheckOutRequest {
  readonly cartId: number;
  readonly buyerId: number;
  readonly kimchiIds: readonly number[];
}

export interface CheckOutContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly newOrderId: (now: Date) => string;
}

/**
 * Prices what is to be ordered from the catalogue. Nothing is written.
 * @throws ShopError `cart_unknown`, `member_unknown`, `product_unknown`, in this precedence
 */
export async function prepareOrder(
  { knex, clock, newOrderId }: CheckOutContext,
  request: CheckOutRequest,
): Promise<Order> {
  const facts = await readCheckOutFacts(knex, request);
  if (!facts.hasCart) {
    throw new ShopError('cart_unknown', `There is no cart ${request.cartId}.`, { cartId: request.cartId });
  }
  if (!facts.hasBuyer) {
    throw new ShopError('member_unknown', `There is no member ${request.buyerId}.`, {
      buyerId: request.buyerId,
    });
  }
  const now = clock();
  return priceOrder({ ...request, orderId: newOrderId(now), createdAt: now }, facts.catalogue);
}
