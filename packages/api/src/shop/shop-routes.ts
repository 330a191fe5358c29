import type { Knex } from 'knex';
import { z } from 'zod';
import { type CheckOutContext, checkOut, checkOutOnce } from '../check-out/check-out.ts';
import { ShopError } from '../errors.ts';
import { callerOf } from '../http/caller.ts';
import { idSchema, orderIdSchema, parse } from '../http/parse.ts';
import type { AddRoute } from '../http/routes.ts';
import { orderView } from '../orders/order-view.ts';
import { findOrder } from '../orders/orders-table.ts';
import { paymentView } from '../payments/payment-view.ts';
import { findOpenPayment } from '../payments/payments-table.ts';
import { readIdempotencyKey } from './idempotency.ts';

/** Fields that are not named here are accepted and ignored, as `seed` is: it never makes two check-outs one. */
const checkOutSchema = z.object({
  cartId: idSchema,
  kimchiIds: z.array(idSchema).min(1, 'must name 1 kimchi at least').max(100, 'must name 100 kimchi at most'),
  buyerId: idSchema,
});

export function shopRoutes(context: CheckOutContext) {
  return (addRoute: AddRoute): void => {
    addRoute('/api/check-out', {
      post: async (request, response) => {
        const command = parse(checkOutSchema, request.body);
        const key = readIdempotencyKey(request.get('Idempotency-Key'));
        response.type('application/json');
        if (key === undefined) {
          response.send(await checkOut(context, command));
          return;
        }
        const { memberId } = callerOf(response);
        const slot = { memberId, operation: 'check-out', key };
        const { text, replayed } = await checkOutOnce(context, command, slot, request.body);
        if (replayed) response.set('Idempotency-Replayed', 'true');
        response.send(text);
      },
    });
    addRoute('/api/orders/:orderId', {
      get: async (request, response) => {
        response.json({ result: await readOrder(context.knex, request.params['orderId']) });
      },
    });
  };
}

async function readOrder(knex: Knex, asked: unknown) {
  const orderId = parse(orderIdSchema, asked);
  const [order, payment] = await Promise.all([findOrder(knex, orderId), findOpenPayment(knex, orderId)]);
  if (order === undefined) throw new ShopError('order_unknown', `There is no order ${orderId}.`, { orderId });
  return {
    ...orderView(order),
    status: order.status,
    payment: payment === undefined ? null : paymentView(payment),
  };
}
