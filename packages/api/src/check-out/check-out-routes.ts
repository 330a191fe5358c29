import { z } from 'zod';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { orderSchema } from '../orders/order-schema.ts';
import { orderView } from '../orders/order-view.ts';
import { insertOrder } from '../orders/orders-table.ts';
import { type CheckOutContext, prepareOrder } from './check-out.ts';

const checkOutSchema = z.object({
  cartId: idSchema,
  kimchiIds: z.array(idSchema).min(1, 'must name 1 kimchi at least').max(100, 'must name 100 kimchi at most'),
  buyerId: idSchema,
});

export function checkOutRoutes(context: CheckOutContext): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/check-out',
      summary: 'Make an order at the catalogue’s prices',
      description:
        'A kimchi that comes twice is a quantity of two. What the client says about prices is never read.',
      tags: ['Orders'],
      access: 'known',
      body: checkOutSchema,
      // The load flow sends a `seed`, which means nothing and never makes two check-outs one.
      unknownFields: 'ignored',
      idempotency: 'in_transaction',
      example: { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 },
      answers: { 200: { description: 'The order', result: orderSchema } },
      problems: ['cart_unknown', 'member_unknown', 'product_unknown'],
      async handle({ body, commitOne }) {
        const order = await prepareOrder(context, body);
        return commitOne(async (db) => {
          await insertOrder(db, order);
          return { status: 200, result: orderView(order) };
        });
      },
    }),
  ];
}
