import type { Order, OrderLine } from './order.ts';

/** An order as clients see it: amounts are JSON numbers of won. */
export function orderView(order: Order) {
  return {
    orderId: order.orderId,
    amount: Number(order.amount),
    taxFreeAmount: Number(order.taxFreeAmount),
    currency: order.currency,
    orderName: order.orderName,
    buyerId: order.buyerId,
    cartId: order.cartId,
    lines: order.lines.map(lineView),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt?.toISOString() ?? null,
  };
}

export function lineView(line: OrderLine) {
  return {
    kimchiId: line.productId,
    sellerId: String(line.sellerId),
    name: line.name,
    quantity: line.quantity,
    unitPrice: Number(line.unitPrice),
    amount: Number(line.amount),
    taxFree: line.isTaxFree === true,
  };
}
