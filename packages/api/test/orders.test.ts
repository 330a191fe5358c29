import type { OptionsOf } from '@jangbu/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ORDER_STATUSES, type OrderEvent, transition } from '../src/orders/transitions.ts';
import { callingAs } from './support/callers.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';
import { readStock } from './support/stock.ts';

describe('orders', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), credentials: callingAs });
    await shop.database.admin.raw(
      `INSERT INTO carts (cart_id, member_id, created_at) VALUES (30, 30, NOW()), (31, 31, NOW())`,
    );
  });
  afterAll(async () => {
    // What this file writes by hand to stand at every state is not what a shop would have.
    await shop.database.admin.raw(
      `DELETE FROM orders WHERE buyer_id = 31 AND order_id NOT IN (SELECT order_id FROM payments)`,
    );
    await shop.close();
  });

  const member = (id: number) => ({ 'X-Caller': `buyer ${id}` });
  const as = (caller: number) => shop.client(member(caller));
  const order = (kimchiIds: readonly number[], buyerId = 30) =>
    as(buyerId).post('/api/check-out', { body: { cartId: buyerId, kimchiIds } });
  const list = (query: OptionsOf<'get', '/api/orders'>['query'], caller = 30) =>
    as(caller).get('/api/orders', { query });
  const cancel = (orderId: string, headers: Record<string, string> = member(30)) =>
    shop.call('POST', `/api/orders/${orderId}/cancel`, undefined, headers);

  it('are listed to their buyer, newest first, page by page, all or of one status', async () => {
    const made: string[] = [];
    for (let count = 0; count < 7; count++) made.push((await order([1])).orderId);
    for (const orderId of made.slice(0, 3)) expect((await cancel(orderId)).status).toBe(200);
    const first = await list({ limit: 5 });
    const second = await list({ limit: 5, cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ orderId }) => orderId);
    expect(ids).toEqual([...made].reverse());
    expect(second.nextCursor).toBeNull();
    const cancelled = await list({ status: 'cancelled', limit: 2 });
    expect(cancelled.items.map(({ orderId }) => orderId)).toEqual([made[2], made[1]]);
    expect(cancelled.items[0]).toMatchObject({ status: 'cancelled', amount: 14_000 });
    expect((await list({ status: 'paid' })).items).toEqual([]);
    expect((await list({}, 32)).items).toEqual([]);
  });

  it('are cancelled once, whoever asks how often, and give their stock back once', async () => {
    const before = await readStock(shop, 13);
    const { orderId } = await order([13, 13]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(orderId)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers[0]?.body.result).toMatchObject({ orderId, status: 'cancelled' });
    expect(await readStock(shop, 13)).toEqual(before);
    const confirmed = await shop.confirm(orderId, 'after-cancel', 24_000);
    expectProblem(confirmed, 409, 'order_cancelled');
  });

  it('are nobody else’s', async () => {
    const { orderId } = await order([1]);
    for (const headers of [member(32), { 'X-Caller': 'seller 1' }]) {
      expectProblem(
        await shop.call('GET', `/api/orders/${orderId}`, undefined, headers),
        404,
        'order_unknown',
      );
      expectProblem(await cancel(orderId, headers), 404, 'order_unknown');
    }
    const accountant = { 'X-Caller': 'accountant 9' };
    expect((await shop.call('GET', `/api/orders/${orderId}`, undefined, accountant)).status).toBe(200);
    expectProblem(await cancel(orderId, accountant), 404, 'order_unknown');
    expect((await cancel(orderId, { 'X-Caller': 'operator 9' })).status).toBe(200);
  });

  it('show a seller its own lines once they are paid, and nothing of anybody else', async () => {
    const asSeller = { 'X-Caller': 'seller 3' };
    const { orderId, amount } = await order([1, 4, 4, 10]);
    const path = `/api/sellers/3/orders`;
    expect((await shop.call('GET', path, undefined, asSeller)).body.result.items).toEqual([]);
    expectProblem(await shop.call('GET', `${path}/${orderId}`, undefined, asSeller), 404, 'order_unknown');
    await shop.confirm(orderId, 'sold', amount);
    const { body } = await shop.call('GET', path, undefined, asSeller);
    expect(body.result.items).toEqual([
      {
        orderId,
        status: 'paid',
        amount: 33_000,
        createdAt: expect.any(String),
        lines: [expect.objectContaining({ kimchiId: 4, sellerId: '3', quantity: 2 })],
      },
    ]);
    expect((await shop.call('GET', `${path}/${orderId}`, undefined, asSeller)).body.result).toEqual({
      ...body.result.items[0],
      paymentKey: 'sold',
    });
    expectProblem(
      await shop.call('GET', '/api/sellers/2/orders', undefined, asSeller),
      404,
      'seller_unknown',
    );
    expectProblem(await shop.call('GET', path, undefined, member(3)), 403, 'role_missing');
  });

  it('know the part of their amount that bears no VAT', async () => {
    expect(await order([1, 10, 24])).toMatchObject({
      amount: 14_000 + 38_000 + 7_900,
      taxFreeAmount: 38_000 + 7_900,
      lines: [{ taxFree: false }, { taxFree: true }, { taxFree: true }],
    });
  });

  it('tell operators what they have to look at', async () => {
    const operator = { 'X-Caller': 'operator 9' };
    await shop.database.admin.raw(
      `INSERT INTO order_findings (order_id, payment_key, kind, details, noticed_at)
       VALUES ('order-1', 'key-1', 'paid_after_end', '{"orderWas":"expired"}', NOW(6)),
              ('order-1', 'key-1', 'oversold', '{"lines":[]}', NOW(6))`,
    );
    const first = (await shop.call('GET', '/api/order-findings?limit=1', undefined, operator)).body.result;
    expect(first.items).toMatchObject([{ kind: 'oversold', orderId: 'order-1', details: { lines: [] } }]);
    const path = `/api/order-findings?cursor=${first.nextCursor}`;
    const second = (await shop.call('GET', path, undefined, operator)).body.result;
    expect(second).toMatchObject({ items: [{ kind: 'paid_after_end' }], nextCursor: null });
    expectProblem(await shop.call('GET', path, undefined, member(30)), 403, 'role_missing');
  });

  describe('at every state', () => {
    const EVENTS: readonly (readonly [OrderEvent, (orderId: string) => Promise<string | undefined>])[] = [
      ['pay', (orderId) => codeOf(shop.confirm(orderId, `pay-${orderId}`, 14_000))],
      ['cancel', (orderId) => codeOf(cancel(orderId, member(31)))],
    ];
    const table = ORDER_STATUSES.flatMap((status) =>
      EVENTS.map(([event, act]) => [status, event, act] as const),
    );

    it.each(table)('%s, %s does what the table says', async (status, event, act) => {
      const { orderId } = await order([1], 31);
      await shop.database.admin.raw('UPDATE orders SET status = ? WHERE order_id = ?', [status, orderId]);
      const expected = transition(status, event);
      const code = await act(orderId);
      const [[row]] = await shop.database.admin.raw('SELECT status FROM orders WHERE order_id = ?', [
        orderId,
      ]);
      if ('to' in expected)
        expect({ status: row.status, code }).toEqual({ status: expected.to, code: undefined });
      else expect({ status: row.status, code }).toEqual({ status, code: expected.refused });
    });

    async function codeOf(answer: ReturnType<Shop['call']>): Promise<string | undefined> {
      return (await answer).body.code;
    }
  });
});
