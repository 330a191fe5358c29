import { appendEvents, inTransaction } from '@jangbu/ledger-core';
import { jointly } from '../database/jointly.ts';
import type { OrderLine } from '../orders/order.ts';
import { insertOrderSellers } from '../orders/order-sellers-table.ts';
import { readLinesOfOrders } from '../orders/orders-table.ts';
import { stockItemsOf } from '../stock/stock-item.ts';
import { sellReserved } from '../stock/stocks-table.ts';
import { eventOf, type PaymentContext, recordApproval } from './finish.ts';
import type { ApprovedPayment } from './payment.ts';
import { type Claim, insertClaim, insertClaims, markAllDone } from './payments-table.ts';

/** The steps of a confirm in which a crowd shares statements and commits. Each comes to what it would come to alone. */
export interface Together {
  /** As `insertClaim`. */
  readonly claim: (claim: Claim) => Promise<boolean>;
  readonly readLines: (orderId: string) => Promise<OrderLine[]>;
  /** As `recordApproval`. */
  readonly record: (payment: ApprovedPayment) => Promise<boolean>;
}

export function confirmTogether(context: PaymentContext): Together {
  const { knex } = context;
  return {
    claim: jointly(async (claims) => {
      const [first, ...others] = claims;
      if (first !== undefined && others.length === 0) return [await insertClaim(knex, first)];
      await inTransaction(knex, async (trx) => {
        if ((await insertClaims(trx, claims)) < claims.length) throw new Irregular();
      });
      return claims.map(() => true);
    }),
    readLines: jointly(async (orderIds) => {
      const lines = await readLinesOfOrders(knex, orderIds);
      return orderIds.map((orderId) => lines.get(orderId) ?? []);
    }),
    record: jointly(async (payments) => {
      const [first, ...others] = payments;
      if (first !== undefined && others.length === 0) return [await recordApproval(context, first)];
      await recordAll(context, payments);
      return payments.map(() => true);
    }),
  };
}

/** One of a batch is not as usual, so that each is to be looked at alone. */
class Irregular extends Error {}

/** As recordApproval, for payments none of which comes late or was recorded before. */
async function recordAll(
  { knex, clock, failPoint }: PaymentContext,
  payments: readonly ApprovedPayment[],
): Promise<void> {
  failPoint('payment.approved');
  await inTransaction(knex, async (trx) => {
    const now = clock();
    if (!(await markAllDone(trx, payments, now))) throw new Irregular();
    await sellReserved(trx, stockItemsOf(payments.flatMap(({ lines }) => lines)));
    await insertOrderSellers(trx, payments);
    await appendEvents(trx, payments.map(eventOf), now);
  });
  failPoint('payment.committed');
}
