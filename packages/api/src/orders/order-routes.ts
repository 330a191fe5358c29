import type { Knex } from 'knex';
import { z } from 'zod';
import { type Caller, hasRole } from '../http/caller.ts';
import { createCursors, pageQuery, pageSchema, toPage } from '../http/page.ts';
import { orderIdSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { paymentView } from '../payments/payment-view.ts';
import { findOpenPayment } from '../payments/payments-table.ts';
import { cancelOrder, orderUnknown } from './cancel-order.ts';
import type { Order } from './order.ts';
import { orderStateSchema, orderStatusSchema } from './order-schema.ts';
import { orderView } from './order-view.ts';
import { BEYOND_ALL_ORDERS, findOrder, listOfBuyer, type StoredOrder } from './orders-table.ts';
import { ORDER_STATUSES } from './transitions.ts';

const cursors = createCursors('orders', orderIdSchema);
const TAGS = ['Orders'] as const;
const params = z.object({ orderId: orderIdSchema });

export function orderRoutes(knex: Knex): Route[] {
  return [readRoute(knex), listRoute(knex), cancelRoute()];
}

function readRoute(knex: Knex): Route {
  return defineRoute({
    method: 'get',
    path: '/api/orders/{orderId}',
    summary: 'Read an order, its state and its payment',
    description: 'A buyer reads its own; accountants and operators read any.',
    tags: TAGS,
    access: 'known',
    params,
    answers: { 200: { description: 'The order', result: orderStateSchema } },
    problems: ['order_unknown'],
    async handle({ params: { orderId }, caller }) {
      const [order, payment] = await Promise.all([findOrder(knex, orderId), findOpenPayment(knex, orderId)]);
      if (order === undefined || !isOf(caller, order, 'accountant', 'operator')) throw orderUnknown(orderId);
      return {
        status: 200,
        result: { ...statusView(order), payment: payment === undefined ? null : paymentView(payment) },
      };
    },
  });
}

function listRoute(knex: Knex): Route {
  return defineRoute({
    method: 'get',
    path: '/api/orders',
    summary: 'List the caller’s orders, newest first',
    tags: TAGS,
    access: 'known',
    query: z.object({ status: z.enum(ORDER_STATUSES).optional(), ...pageQuery }),
    answers: { 200: { description: 'A page', result: pageSchema(orderStatusSchema) } },
    problems: ['cursor_malformed'],
    async handle({ query: { status, limit, cursor }, caller }) {
      const before = cursors.decode(cursor, status) ?? BEYOND_ALL_ORDERS;
      const orders = await listOfBuyer(knex, { buyerId: caller.memberId, status, limit, before });
      const page = toPage(orders, limit, {
        itemOf: statusView,
        cursorOf: ({ orderId }) => cursors.encode(orderId, status),
      });
      return { status: 200, result: page };
    },
  });
}

function cancelRoute(): Route {
  return defineRoute({
    method: 'post',
    path: '/api/orders/{orderId}/cancel',
    summary: 'Call off an order that awaits payment',
    description:
      'Its stock is given back. One that is cancelled already stays so. A paid order is cancelled with its payment.',
    tags: TAGS,
    access: 'known',
    params,
    idempotency: 'in_transaction',
    answers: { 200: { description: 'The order as it is now', result: orderStatusSchema } },
    problems: ['order_unknown', 'order_already_paid', 'order_expired', 'payment_in_progress'],
    handle({ params: { orderId }, caller, commit }) {
      return commit(async (trx) => ({
        status: 200,
        result: statusView(await cancelOrder(trx, orderId, (order) => isOf(caller, order, 'operator'))),
      }));
    },
  });
}

function isOf(caller: Caller, order: Order, ...roles: ('accountant' | 'operator')[]): boolean {
  return order.buyerId === caller.memberId || hasRole(caller, ...roles);
}

function statusView(order: StoredOrder) {
  return { ...orderView(order), status: order.status };
}
