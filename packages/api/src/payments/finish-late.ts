import type { Knex } from 'knex';
import { type Finding, insertFinding } from '../orders/order-findings-table.ts';
import { insertOrderSellers } from '../orders/order-sellers-table.ts';
import { writeStatus } from '../orders/orders-table.ts';
import { stockItemsOf } from '../stock/stock-item.ts';
import { sellReserved, sellUnreserved } from '../stock/stocks-table.ts';
import type { ApprovedPayment } from './payment.ts';
import { dispossess, findOpenPayment, lockForLate, markDoneLate } from './payments-table.ts';

/**
 * Records an approval that came when the order awaited no payment any more: it had expired, was cancelled, or another payment had it.
 * Money that was taken is never lost. The order is paid then, with stock that was not reserved any more, and what there is to look at
 * is a finding: whoever reads it ships, restocks or refunds. Returns false when the payment was done before.
 */
export async function recordLate(
  trx: Knex.Transaction,
  payment: ApprovedPayment,
  now: Date,
): Promise<boolean> {
  const { paymentKey, orderId, approval } = payment;
  const found = await lockForLate(trx, paymentKey);
  if (found === undefined || found.status === 'done') return false;
  const other = await findOpenPayment(trx, orderId);
  const hasOrder = other?.status !== 'done';
  if (hasOrder) await dispossess(trx, orderId);
  await markDoneLate(trx, paymentKey, approval, { now, hasOrder });
  const find = (kind: Finding['kind'], details: Finding['details']) =>
    insertFinding(trx, { orderId, paymentKey, kind, details }, now);
  if (!hasOrder) {
    await find('paid_twice', { otherPaymentKey: other.paymentKey });
    return true;
  }
  await writeStatus(trx, [orderId], 'paid');
  await insertOrderSellers(trx, [payment]);
  const items = stockItemsOf(payment.lines);
  if (found.orderStatus === 'awaiting_payment') {
    await sellReserved(trx, items);
    return true;
  }
  await find('paid_after_end', { orderWas: found.orderStatus });
  const missing = [];
  for (const item of items) {
    const quantity = await sellUnreserved(trx, item);
    if (quantity > 0) missing.push({ kimchiId: item.productId, missing: quantity });
  }
  if (missing.length > 0) await find('oversold', { lines: missing });
  return true;
}
