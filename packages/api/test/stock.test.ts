import { randomUUID } from 'node:crypto';
import { inTransaction } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cancelOrder } from '../src/orders/cancel-order.ts';
import { expireOrders } from '../src/orders/expire-orders.ts';
import { type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';
import { readStock } from './support/stock.ts';

const HOUR_MS = 3_600_000;
const BASKETS = [
  [12, 13],
  [16, 13, 12],
  [13, 16, 16],
  [12, 12],
];
/** Of the sample data: 3, 15 and 25 are there. */
const [AGED, WRAPPED, BITTER] = [21, 14, 17];

describe('stock', () => {
  let shop: Shop;
  let provider: FakeProvider;
  beforeAll(async () => {
    provider = fakeProvider();
    shop = await openShop({ provider, environment: { DB_POOL_SIZE: '32' } });
  });
  afterAll(() => shop.close());

  const checkOut = (kimchiIds: readonly number[], headers: Record<string, string> = {}) =>
    shop.call('POST', '/api/check-out', { cartId: 1, kimchiIds, buyerId: 1 }, headers);
  const expireAt = (laterMs: number) =>
    expireOrders({ knex: shop.database.runtime, clock: () => new Date(Date.now() + laterMs) });

  it('is reserved by check-out, sold by payment, and given back by cancel', async () => {
    const paid = await checkOut([WRAPPED, WRAPPED, 1]);
    const cancelled = await checkOut([WRAPPED]);
    expect(await readStock(shop, WRAPPED)).toMatchObject({ available: 12, reserved: 3, sold: 0 });
    const { orderId, amount } = paid.body.result;
    expect((await shop.confirm(orderId, 'stock-1', amount)).status).toBe(200);
    await cancel(cancelled.body.result);
    expect(await readStock(shop, WRAPPED)).toMatchObject({ available: 13, reserved: 0, sold: 2 });
  });

  it('is refused by name where less is left than was wanted, and then nothing is reserved', async () => {
    const before = await readStock(shop, WRAPPED);
    const answer = await checkOut([WRAPPED, AGED, AGED, AGED, AGED]);
    expectProblem(answer, 409, 'stock_insufficient');
    expect(answer.body.shortages).toEqual([{ kimchiId: AGED, wanted: 4, available: 3 }]);
    expectProblem(
      await checkOut([AGED, AGED, AGED, AGED], { 'Idempotency-Key': 'short' }),
      409,
      'stock_insufficient',
    );
    expect(await readStock(shop, WRAPPED)).toEqual(before);
    expect(await readStock(shop, AGED)).toMatchObject({ available: 3, reserved: 0 });
  });

  it('comes back when the order expires, and the order cannot be paid any more', async () => {
    const { orderId, amount } = (await checkOut([BITTER, BITTER])).body.result;
    expect(await expireAt(0)).toBe(0);
    expect(await readStock(shop, BITTER)).toMatchObject({ available: 23, reserved: 2 });
    expect(await expireAt(HOUR_MS)).toBeGreaterThanOrEqual(1);
    expect(await readStock(shop, BITTER)).toMatchObject({ available: 25, reserved: 0 });
    expectProblem(await shop.confirm(orderId, 'too-late', amount), 409, 'order_expired');
    expect((await shop.call('GET', `/api/orders/${orderId}`)).body.result.status).toBe('expired');
  });

  it('stays reserved past its time while a payment is being confirmed', async () => {
    const { orderId, amount } = (await checkOut([BITTER])).body.result;
    provider.next.push(() => ({ outcome: 'unknown' }));
    expect((await shop.confirm(orderId, 'slow', amount)).status).toBe(202);
    await expireAt(HOUR_MS);
    expect(await readStock(shop, BITTER)).toMatchObject({ reserved: 1 });
    expect((await shop.call('GET', `/api/orders/${orderId}`)).body.result.status).toBe('awaiting_payment');
  });

  it('goes one way when a cancel and a confirm come at once', async () => {
    for (let round = 0; round < 20; round++) {
      const order = (await checkOut([BITTER])).body.result;
      const [paid, cancelled] = await Promise.all([pay(order), cancel(order).catch((error) => error.code)]);
      expect([
        ['paid', 'order_already_paid'],
        ['paid', 'payment_in_progress'],
        ['order_cancelled', 'cancelled'],
      ]).toContainEqual([paid, cancelled]);
    }
  });

  it('is never oversold by a crowd that orders, pays, cancels and lets expire, and nothing deadlocks', async () => {
    const deadlocks = await countDeadlocks();
    await shop.database.admin.raw(
      'UPDATE product_stocks SET received = sold + 20, available = 20, reserved = 0 WHERE product_id IN (12, 13, 16)',
    );
    // One is paid whatever the crowd does: nothing expires before.
    const first = pay((await checkOut(BASKETS[0] ?? [])).body.result);
    const crowd = Array.from({ length: 160 }, (_, index) => shopper(index, first));
    const outcomes = await Promise.all([first, ...crowd]);
    expect(outcomes[0]).toBe('paid');
    expect(outcomes).toContain('short');
    await expireAt(HOUR_MS);
    for (const productId of [12, 13, 16]) {
      const { available, reserved, sold, received, oversold } = await readStock(shop, productId);
      expect({ reserved, oversold }).toEqual({ reserved: 0, oversold: 0 });
      expect(available + sold).toBe(received);
    }
    expect(await countDeadlocks()).toBe(deadlocks);
  });

  /** Orders two or three of the three, in any order, and does one of four things with it. */
  async function shopper(index: number, firstPayment: Promise<string>): Promise<string> {
    const { status, body } = await checkOut(BASKETS[index % BASKETS.length] ?? []);
    if (status !== 200) {
      expect(body.code).toBe('stock_insufficient');
      return 'short';
    }
    const expireAll = () => firstPayment.then(() => expireAt(HOUR_MS));
    const fates = [pay, cancel, pay, payAndCancel, pay, pay, expireAll, cancel, pay];
    const outcome = await fates[index % fates.length]?.(body.result).catch((error) => error.code);
    // Whoever is overtaken by an expiry comes again.
    if (outcome === 'order_expired') return shopper(index, firstPayment);
    return typeof outcome === 'string' ? outcome : 'ended';
  }

  type Ordered = { orderId: string; amount: number };

  async function pay({ orderId, amount }: Ordered): Promise<string> {
    const { status, body } = await shop.confirm(orderId, randomUUID(), amount);
    return status === 200 ? 'paid' : body.code;
  }

  async function cancel({ orderId }: Ordered): Promise<string> {
    return (await inTransaction(shop.database.runtime, (trx) => cancelOrder(trx, orderId, () => true)))
      .status;
  }

  /** Both at once: never both of them are done. */
  async function payAndCancel(order: Ordered): Promise<string> {
    const [paid, cancelled] = await Promise.all([pay(order), cancel(order).catch((error) => error.code)]);
    expect([paid, cancelled]).not.toEqual(['paid', 'cancelled']);
    return paid;
  }

  /** Of this database's own user: others use the server at the same time. */
  async function countDeadlocks(): Promise<number> {
    const user = new URL(shop.database.runtimeUrl).username;
    const [[row]] = await shop.database.admin.raw(
      `SELECT sum_error_raised AS count FROM performance_schema.events_errors_summary_by_user_by_error
        WHERE user = ? AND error_number = 1213`,
      [user],
    );
    return Number(row.count);
  }
});
