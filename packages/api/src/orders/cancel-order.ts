import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { findOpenPayment } from '../payments/payments-table.ts';
import { stockItemsOf } from '../stock/stock-item.ts';
import { releaseReserved } from '../stock/stocks-table.ts';
import { lockOrder, type StoredOrder, writeStatus } from './orders-table.ts';
import { type OrderEvent, transition } from './transitions.ts';

/**
 * Calls an order off that awaits payment, and gives its stock back. An order that is cancelled already stays so. Of a cancel and a
 * confirm at once, one is done: a claim reads the order under the lock that this takes, and this looks for claims behind it.
 * @param mayCancel says whose order the caller may cancel; anybody else's is unknown
 * @throws ShopError `order_unknown`, `order_already_paid`, `order_expired`, `payment_in_progress`, in this precedence
 */
export async function cancelOrder(
  trx: Knex.Transaction,
  orderId: string,
  mayCancel: (order: StoredOrder) => boolean,
): Promise<StoredOrder> {
  const order = await lockOrder(trx, orderId);
  if (order === undefined || !mayCancel(order)) throw orderUnknown(orderId);
  const status = follow(order, 'cancel');
  if (status === order.status) return order;
  if ((await findOpenPayment(trx, orderId)) !== undefined) {
    throw new ShopError(
      'payment_in_progress',
      'A payment of this order is being confirmed; ask again shortly.',
      {
        orderId,
      },
    );
  }
  await writeStatus(trx, [orderId], status);
  await releaseReserved(trx, stockItemsOf(order.lines));
  return { ...order, status };
}

function follow({ orderId, status }: StoredOrder, event: OrderEvent) {
  const followed = transition(status, event);
  if ('to' in followed) return followed.to;
  throw new ShopError(followed.refused, MESSAGES[followed.refused] ?? 'The order does not allow this.', {
    orderId,
  });
}

const MESSAGES: Readonly<Record<string, string>> = {
  order_already_paid: 'The order is paid; cancel its payment instead.',
  order_cancelled: 'The order is cancelled.',
  order_expired: 'The order has expired; there is nothing left to cancel.',
};

export function orderUnknown(orderId: string): ShopError {
  return new ShopError('order_unknown', `There is no order ${orderId}.`, { orderId });
}
