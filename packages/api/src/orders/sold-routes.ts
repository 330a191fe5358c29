import type { Knex } from 'knex';
import { z } from 'zod';
import { createCursors, pageQuery, pageSchema, toPage } from '../http/page.ts';
import { idSchema, orderIdSchema, paymentKeySchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { instantSchema, wonSchema } from '../http/schemas.ts';
import { findOpenPayment } from '../payments/payments-table.ts';
import { assertSellsAs } from '../sellers/sells-as.ts';
import { orderUnknown } from './cancel-order.ts';
import { orderLineSchema } from './order-schema.ts';
import { lineView } from './order-view.ts';
import { BEYOND_ALL_ORDERS, findSoldBy, listSoldBy, type StoredOrder } from './orders-table.ts';
import { ORDER_STATUSES } from './transitions.ts';

const cursors = createCursors('sold', orderIdSchema);
const sellerParams = z.object({ sellerId: idSchema });

const soldSchema = z
  .object({
    orderId: orderIdSchema,
    status: z.enum(ORDER_STATUSES).meta({ description: 'Of the whole order.' }),
    lines: z.array(orderLineSchema).meta({ description: 'The seller’s own lines.' }),
    amount: wonSchema.meta({ description: 'The sum of the seller’s own lines.' }),
    createdAt: instantSchema,
  })
  .meta({ id: 'SoldOrder' });

const soldDetailSchema = soldSchema
  .extend({
    paymentKey: paymentKeySchema.nullable().meta({
      description: 'By which the seller cancels its part. Null where no payment holds the order any more.',
    }),
  })
  .meta({ id: 'SoldOrderDetail' });

/** A seller's view of orders: its own lines of those that were paid, and nothing of the buyer or of other sellers. */
export function soldRoutes(knex: Knex): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/sellers/{sellerId}/orders',
      summary: 'List the paid orders that have lines of a seller, newest first',
      tags: ['Orders'],
      access: ['seller', 'accountant', 'operator'],
      params: sellerParams,
      query: z.object(pageQuery),
      answers: { 200: { description: 'A page', result: pageSchema(soldSchema) } },
      problems: ['seller_unknown', 'cursor_malformed'],
      async handle({ params: { sellerId }, query: { limit, cursor }, caller }) {
        await assertSellsAs(knex, caller, sellerId, 'accountant');
        const before = cursors.decode(cursor, sellerId) ?? BEYOND_ALL_ORDERS;
        const orders = await listSoldBy(knex, { sellerId, limit, before });
        const page = toPage(orders, limit, {
          itemOf: (order) => soldView(order, sellerId),
          cursorOf: ({ orderId }) => cursors.encode(orderId, sellerId),
        });
        return { status: 200, result: page };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/sellers/{sellerId}/orders/{orderId}',
      summary: 'Read a seller’s lines of a paid order',
      tags: ['Orders'],
      access: ['seller', 'accountant', 'operator'],
      params: sellerParams.extend({ orderId: orderIdSchema }),
      answers: { 200: { description: 'The lines', result: soldDetailSchema } },
      problems: ['seller_unknown', 'order_unknown'],
      async handle({ params: { sellerId, orderId }, caller }) {
        await assertSellsAs(knex, caller, sellerId, 'accountant');
        const order = await findSoldBy(knex, { sellerId, orderId });
        if (order === undefined) throw orderUnknown(orderId);
        const payment = await findOpenPayment(knex, orderId);
        const paymentKey = payment?.paymentKey ?? null;
        return { status: 200, result: { ...soldView(order, sellerId), paymentKey } };
      },
    }),
  ];
}

function soldView({ orderId, status, lines, createdAt }: StoredOrder, sellerId: number) {
  const own = lines.filter((line) => line.sellerId === sellerId);
  const amount = own.reduce((sum, line) => sum + line.amount, 0n);
  return {
    orderId,
    status,
    lines: own.map(lineView),
    amount: Number(amount),
    createdAt: createdAt.toISOString(),
  };
}
