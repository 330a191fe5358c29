import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiClient, createApiClient } from '../src/client/client.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { openShop, type Shop } from './support/shop.ts';

describe('the typed client', () => {
  let shop: Shop;
  let api: ApiClient;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
    api = createApiClient({ baseUrl: shop.api.url });
  });
  afterAll(() => shop.close());

  it('checks out, pays and reads the order', async () => {
    const made = await api.POST('/api/check-out', {
      params: { header: { 'Idempotency-Key': 'typed-1' } },
      body: { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 },
    });
    const { orderId = '', amount = 0 } = made.data?.result ?? {};
    expect(amount).toBe(38_000);
    const paid = await api.POST('/api/payments/confirm', {
      body: { paymentKey: 'typed-payment', orderId, amount },
    });
    expect(paid.data?.result.status).toBe('done');
    const order = await api.GET('/api/orders/{orderId}', { params: { path: { orderId } } });
    expect(order.data?.result).toMatchObject({ orderId, status: 'paid' });
  });

  it('gives a problem by its code', async () => {
    const { data, error, response } = await api.GET('/api/orders/{orderId}', {
      params: { path: { orderId: 'no-such-order' } },
    });
    expect(data).toBeUndefined();
    expect(error?.code).toBe('order_unknown');
    expect(response.status).toBe(404);
  });
});
