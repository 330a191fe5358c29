import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { describeError } from '../http/request-log.ts';
import { readOpenOrders } from '../payments/payments-table.ts';
import { type RepeatedJob, repeat } from '../repeat.ts';
import { type StockItem, stockItemsOf } from '../stock/stock-item.ts';
import { releaseReserved } from '../stock/stocks-table.ts';
import { lockExpired, writeStatus } from './orders-table.ts';

export interface ExpiryContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Few enough that a stocked product that everybody wants is locked for a moment only. */
const BATCH = 50;

/**
 * Expires the orders that nobody paid in time, and gives their stock back. One whose payment is being confirmed is left until that
 * has ended. Any number of processes may run it at once. Returns how many expired.
 */
export async function expireOrders({ knex, clock }: Omit<ExpiryContext, 'log'>): Promise<number> {
  let count = 0;
  for (;;) {
    const expired = await inTransaction(knex, (trx) => expireBatch(trx, clock()));
    count += expired;
    if (expired < BATCH) return count;
  }
}

async function expireBatch(trx: Knex.Transaction, now: Date): Promise<number> {
  const due = await lockExpired(trx, { now, limit: BATCH });
  // Asked again behind the lock: a payment may have been claimed between the look and the lock.
  const open = await readOpenOrders(
    trx,
    due.map(({ orderId }) => orderId),
  );
  const orders = due.filter(({ orderId }) => !open.has(orderId));
  if (orders.length === 0) return 0;
  await writeStatus(
    trx,
    orders.map(({ orderId }) => orderId),
    'expired',
  );
  await releaseReserved(trx, inSum(orders.flatMap(({ lines }) => stockItemsOf(lines))));
  return orders.length;
}

/** Expires at once and then every `everyMs`. */
export function startExpiry(context: ExpiryContext, everyMs: number): RepeatedJob {
  const { log } = context;
  return repeat(
    async () => {
      const count = await expireOrders(context);
      if (count > 0) log.info({ count }, 'Unpaid orders have expired');
    },
    { everyMs, onError: (error) => log.error(describeError(error), 'Orders could not be expired yet') },
  );
}

/** Each product once, in the order of their ids. */
function inSum(items: readonly StockItem[]): StockItem[] {
  const sums = new Map<number, number>();
  for (const { productId, quantity } of items) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return [...sums]
    .map(([productId, quantity]) => ({ productId, quantity }))
    .sort((a, b) => a.productId - b.productId);
}
