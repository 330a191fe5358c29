import type { Knex } from 'knex';
import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { orderIdSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { paymentView } from '../payments/payment-view.ts';
import { findOpenPayment } from '../payments/payments-table.ts';
import { orderStateSchema } from './order-schema.ts';
import { orderView } from './order-view.ts';
import { findOrder } from './orders-table.ts';

export function orderRoutes(knex: Knex): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/orders/{orderId}',
      summary: 'Read an order, its state and its payment',
      tags: ['Orders'],
      access: 'known',
      params: z.object({ orderId: orderIdSchema }),
      answers: { 200: { description: 'The order', result: orderStateSchema } },
      problems: ['order_unknown'],
      async handle({ params }) {
        return { status: 200, result: await readOrder(knex, params.orderId) };
      },
    }),
  ];
}

async function readOrder(knex: Knex, orderId: string) {
  const [order, payment] = await Promise.all([findOrder(knex, orderId), findOpenPayment(knex, orderId)]);
  if (order === undefined) throw new ShopError('order_unknown', `There is no order ${orderId}.`, { orderId });
  return {
    ...orderView(order),
    status: order.status,
    payment: payment === undefined ? null : paymentView(payment),
  };
}
