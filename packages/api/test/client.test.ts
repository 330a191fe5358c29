import { type Client, createClient } from '@jangbu/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { openShop, type Shop } from './support/shop.ts';

describe('the typed client', () => {
  let shop: Shop;
  let client: Client;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
    client = createClient({ baseUrl: shop.api.url });
  });
  afterAll(() => shop.close());

  it('checks out, pays and reads the order', async () => {
    const { orderId, amount } = await checkOut();
    expect(amount).toBe(38_000);
    const payment = { paymentKey: 'typed-payment', orderId, amount };
    const { status } = await client.post('/api/payments/confirm', { body: payment });
    expect(status).toBe('done');
    expect(await client.get('/api/orders/{orderId}', { params: { orderId } })).toMatchObject({
      orderId,
      status: 'paid',
    });
  });

  it('throws a problem with its code, its request, and what is wrong', async () => {
    await expect(
      client.get('/api/orders/{orderId}', { params: { orderId: 'no-such' } }),
    ).rejects.toMatchObject({
      code: 'order_unknown',
      status: 404,
      requestId: expect.any(String),
      errors: [],
    });
    await expect(client.get('/api/kimchi', { query: { limit: 1_000 } })).rejects.toMatchObject({
      code: 'request_invalid',
      errors: [{ path: 'limit', message: expect.any(String) }],
    });
  });

  it('makes one order of an act whose answer was lost, whatever becomes of the second attempt', async () => {
    const before = await countOrders();
    const losing: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      if (sent++ > 0) return response;
      await response.arrayBuffer();
      throw new TypeError('The answer was lost.');
    };
    let sent = 0;
    const unlucky = createClient({ baseUrl: shop.api.url, fetch: losing });
    const answer = await unlucky.send('post', '/api/check-out', {
      body: { cartId: 1, kimchiIds: [1], buyerId: 1 },
    });
    expect({ sent, isReplay: answer.isReplay }).toEqual({ sent: 2, isReplay: true });
    expect(await countOrders()).toBe(before + 1);
  });

  it('goes through every page of a list', async () => {
    const pages = createClient({ baseUrl: shop.api.url });
    const names: string[] = [];
    for await (const { name } of pages.list('/api/kimchi', { query: { limit: 5 } })) names.push(name);
    const { items } = await client.get('/api/kimchi', { query: { limit: 100 } });
    expect(items.length).toBeGreaterThan(5);
    expect(names).toEqual(items.map(({ name }) => name));
  });

  it('reads what is no JSON as text', async () => {
    const csv = await client.text('/api/reports/trial-balance', { query: { format: 'csv' } });
    expect(csv.split(/\r?\n/)[0]).toContain('account');
  });

  function checkOut() {
    return client.post('/api/check-out', { body: { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 } });
  }
  async function countOrders(): Promise<number> {
    let count = 0;
    for await (const _ of client.list('/api/orders')) count++;
    return count;
  }
});
