import { inTransaction } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { cancelOrder } from '../src/orders/cancel-order.ts';
import { expireOrders } from '../src/orders/expire-orders.ts';
import { recoverPayments } from '../src/payments/recovery.ts';
import { approve, type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { openShop, type Shop } from './support/shop.ts';
import { readStock } from './support/stock.ts';

const HOUR_MS = 3_600_000;
/** Of the sample data: 3 and 25 are there. */
const [AGED, BITTER] = [21, 17];

/**
 * The provider approves, and its answer is so late that recovery has given the payment up meanwhile, and the order has ended or was
 * paid by another payment. The money was taken, so it has to be on record.
 */
describe('an approval that comes late', () => {
  let shop: Shop;
  let provider: FakeProvider;
  beforeAll(async () => {
    provider = fakeProvider();
    shop = await openShop({ provider });
  });
  afterAll(() => shop.close());

  it('pays an order that has expired, with stock that is still there', async () => {
    const order = await checkOut([BITTER, BITTER]);
    const answer = await confirmWhile(order, 'expired', expire);
    expect(answer).toMatchObject({ status: 200, body: { result: { status: 'done' } } });
    expect(await readOrder(order)).toMatchObject({ status: 'paid', payment: { paymentKey: 'expired' } });
    expect(await readStock(shop, BITTER)).toMatchObject({ available: 23, reserved: 0, sold: 2, oversold: 0 });
    expect(await findingsOf(order)).toEqual([{ kind: 'paid_after_end', details: { orderWas: 'expired' } }]);
    expect(await sellersOf(order)).toEqual([3]);
  });

  it('pays an order whose stock went to others, and says what is missing', async () => {
    const order = await checkOut([AGED, AGED]);
    await confirmWhile(order, 'oversold', async () => {
      await expire();
      const others = await checkOut([AGED, AGED]);
      expect((await shop.confirm(others.orderId, 'others', others.amount)).status).toBe(200);
    });
    expect(await readOrder(order)).toMatchObject({ status: 'paid' });
    expect(await readStock(shop, AGED)).toMatchObject({ available: 0, reserved: 0, sold: 4, oversold: 1 });
    expect(await findingsOf(order)).toEqual([
      { kind: 'paid_after_end', details: { orderWas: 'expired' } },
      { kind: 'oversold', details: { lines: [{ kimchiId: AGED, missing: 1 }] } },
    ]);
  });

  it('pays an order that was cancelled', async () => {
    const order = await checkOut([1]);
    await confirmWhile(order, 'cancelled', () =>
      inTransaction(shop.database.runtime, (trx) => cancelOrder(trx, order.orderId, () => true)),
    );
    expect(await readOrder(order)).toMatchObject({ status: 'paid' });
    expect(await findingsOf(order)).toEqual([{ kind: 'paid_after_end', details: { orderWas: 'cancelled' } }]);
  });

  it('is on record beside the payment that has paid the order meanwhile', async () => {
    const order = await checkOut([BITTER]);
    const answer = await confirmWhile(order, 'second', async () => {
      expect((await shop.confirm(order.orderId, 'first', order.amount)).status).toBe(200);
    });
    expect(answer.body.result).toMatchObject({ status: 'done', paymentKey: 'second' });
    expect(await readOrder(order)).toMatchObject({ status: 'paid', payment: { paymentKey: 'first' } });
    expect(await findingsOf(order)).toEqual([{ kind: 'paid_twice', details: { otherPaymentKey: 'first' } }]);
    expect((await readStock(shop, BITTER)).sold).toBe(3);
  });

  it('takes the order from a payment that is only being confirmed; what that one pays is a finding', async () => {
    const order = await checkOut([BITTER]);
    await confirmWhile(order, 'earlier', async () => {
      provider.next.push((payment) => {
        approve(provider.state, payment);
        return { outcome: 'unknown' };
      });
      expect((await shop.confirm(order.orderId, 'later', order.amount)).status).toBe(202);
    });
    expect(await readOrder(order)).toMatchObject({ status: 'paid', payment: { paymentKey: 'earlier' } });
    expect(await findingsOf(order)).toEqual([]);
    expect(await recover(2_000)).toContain('done');
    expect(await findingsOf(order)).toEqual([
      { kind: 'paid_twice', details: { otherPaymentKey: 'earlier' } },
    ]);
  });

  it('keeps its stock while its process is dead, and recovery sells it', async () => {
    const order = await checkOut([BITTER]);
    provider.next.push((payment) => {
      approve(provider.state, payment);
      return { outcome: 'unknown' };
    });
    await shop.confirm(order.orderId, 'kept', order.amount);
    await expire();
    expect(await readOrder(order)).toMatchObject({ status: 'awaiting_payment' });
    expect(await recover(2_000)).toEqual(['done']);
    expect(await readOrder(order)).toMatchObject({ status: 'paid' });
    expect((await readStock(shop, BITTER)).reserved).toBe(0);
    expect(await findingsOf(order)).toEqual([]);
  });

  interface Ordered {
    readonly orderId: string;
    readonly amount: number;
  }

  async function checkOut(kimchiIds: readonly number[]): Promise<Ordered> {
    return (await shop.call('POST', '/api/check-out', { cartId: 1, kimchiIds, buyerId: 1 })).body.result;
  }

  /** Confirms; before the approval arrives, recovery refuses the payment for good, and then something happens to its order. */
  function confirmWhile({ orderId, amount }: Ordered, paymentKey: string, meanwhile: () => Promise<unknown>) {
    provider.next.push(async (payment) => {
      expect(await recover(HOUR_MS + 1_000)).toEqual(['refused']);
      await meanwhile();
      return approve(provider.state, payment);
    });
    return shop.confirm(orderId, paymentKey, amount);
  }

  function recover(laterMs: number) {
    return recoverPayments({
      knex: shop.database.runtime,
      provider,
      clock: () => new Date(Date.now() + laterMs),
      recoveryAfterMs: HOUR_MS,
      failPoint: () => {},
      log: pino({ level: 'silent' }),
    });
  }

  function expire() {
    return expireOrders({ knex: shop.database.runtime, clock: () => new Date(Date.now() + HOUR_MS) });
  }

  async function readOrder({ orderId }: Ordered) {
    return (await shop.call('GET', `/api/orders/${orderId}`)).body.result;
  }

  async function findingsOf({ orderId }: Ordered) {
    const [rows] = await shop.database.admin.raw(
      'SELECT kind, CAST(details AS CHAR) AS details FROM order_findings WHERE order_id = ? ORDER BY kind',
      [orderId],
    );
    return rows.map(({ kind, details }: { kind: string; details: string }) => ({
      kind,
      details: JSON.parse(details),
    }));
  }

  async function sellersOf({ orderId }: Ordered): Promise<number[]> {
    const [rows] = await shop.database.admin.raw(
      'SELECT seller_id FROM order_sellers WHERE order_id = ? ORDER BY seller_id',
      [orderId],
    );
    return rows.map((row: { seller_id: number }) => row.seller_id);
  }
});
