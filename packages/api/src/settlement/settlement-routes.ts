import { z } from 'zod';
import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { orderIdSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { findOrder } from '../orders/orders-table.ts';
import { readSettlement, type SettlementContext } from './read-settlement.ts';
import { settlementSchema } from './settlement-schema.ts';

export function settlementRoutes(context: SettlementContext): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/orders/{orderId}/settlement',
      summary: 'Follow an order’s money into the books',
      description:
        'From the payment’s event in the outbox to the entries it became. A buyer follows its own order; accountants and operators follow any, and see the entries.',
      tags: ['Orders'],
      access: 'known',
      params: z.object({ orderId: orderIdSchema }),
      answers: { 200: { description: 'How far it is', result: settlementSchema } },
      problems: ['order_unknown'],
      async handle({ params: { orderId }, caller }) {
        const order = await findOrder(context.knex, orderId);
        if (order === undefined || !mayFollow(caller, order.buyerId)) {
          throw new ShopError('order_unknown', `There is no order ${orderId}.`, { orderId });
        }
        const events = await readSettlement(context, orderId, { withEntries: isStaff(caller) });
        return { status: 200, result: { orderId, events } };
      },
    }),
  ];
}

function mayFollow(caller: Caller, buyerId: number): boolean {
  return caller.memberId === buyerId || isStaff(caller);
}

function isStaff(caller: Caller): boolean {
  return hasRole(caller, 'accountant', 'operator');
}
