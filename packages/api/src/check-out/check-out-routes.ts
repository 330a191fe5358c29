import { z } from 'zod';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { orderSchema } from '../orders/order-schema.ts';
import { orderView } from '../orders/order-view.ts';
import {
  type CheckOutContext,
  checkOutCart,
  explainShortage,
  placeOrder,
  prepareOrder,
  reservesStock,
} from './check-out.ts';

const checkOutSchema = z.object({
  cartId: idSchema,
  kimchiIds: z
    .array(idSchema)
    .min(1, 'must name 1 kimchi at least')
    .max(100, 'must name 100 kimchi at most')
    .optional()
    .meta({ description: 'What of the catalogue is ordered. Without it, all that lies in the cart.' }),
  buyerId: idSchema.optional().meta({ description: 'The caller, unless an operator orders for a member.' }),
});

export function checkOutRoutes(context: CheckOutContext): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/check-out',
      summary: 'Make an order at the catalogue’s prices',
      description:
        'A kimchi that comes twice is a quantity of two. What the client says about prices is never read. Stock is reserved until the order is paid, cancelled or expires. Without `kimchiIds` the whole cart is ordered, and is empty then.',
      tags: ['Orders'],
      access: 'known',
      body: checkOutSchema,
      // The load flow sends a `seed`, which means nothing and never makes two check-outs one.
      unknownFields: 'ignored',
      idempotency: 'in_transaction',
      example: { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 },
      answers: { 200: { description: 'The order', result: orderSchema } },
      problems: [
        'cart_unknown',
        'member_unknown',
        'cart_empty',
        'product_unknown',
        'product_unavailable',
        'stock_insufficient',
      ],
      async handle({ body, caller, commit, commitOne }) {
        const { cartId, kimchiIds, buyerId = caller.memberId } = body;
        const request = { cartId, buyerId, caller };
        if (kimchiIds === undefined) {
          return commit(async (trx) => ({
            status: 200,
            result: orderView(await checkOutCart(trx, context, request)),
          })).catch((error) => explainShortage(context.knex, error));
        }
        const order = await prepareOrder(context, { ...request, kimchiIds });
        if (!reservesStock(order)) {
          return commitOne(async (trx) => {
            await (trx === undefined ? context.writeOrder(order) : placeOrder(trx, order));
            return { status: 200, result: orderView(order) };
          });
        }
        return commit(async (trx) => {
          await placeOrder(trx, order);
          return { status: 200, result: orderView(order) };
        }).catch((error) => explainShortage(context.knex, error));
      },
    }),
  ];
}
