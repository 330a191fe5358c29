import { expect, it } from '@jest/globals';
import { type ApiErrorCode, type Client, createClient, type ItemOf, type ResultOf } from './index.ts';

/** Nothing here runs; the compiler has to refuse each line below a `@ts-expect-error`, and says so where it does not. */
export async function whatCompiles(client: Client): Promise<unknown[]> {
  const order = await client.get('/api/orders/{orderId}', { params: { orderId: 'o' } });
  // @ts-expect-error an order has no such field
  order.sellerWallet;
  // @ts-expect-error the order has to be named
  await client.get('/api/orders/{orderId}');
  // @ts-expect-error by the name that the path has
  await client.get('/api/orders/{orderId}', { params: { id: 'o' } });
  // @ts-expect-error no such path
  await client.get('/api/order', {});
  // @ts-expect-error the path has no POST
  await client.post('/api/orders');
  // @ts-expect-error check-out needs its body
  await client.post('/api/check-out', {});
  // @ts-expect-error what a buyer pays is not theirs to say
  await client.post('/api/check-out', { body: { cartId: 1, price: 1 } });
  // @ts-expect-error no such sort of kimchi
  await client.get('/api/kimchi', { query: { category: 'pizza' } });
  await client.get('/api/kimchi', { query: { category: undefined, limit: 5 } });
  await client.post('/api/orders/{orderId}/cancel', { params: { orderId: 'o' }, idempotencyKey: 'k' });
  // @ts-expect-error a GET has no key
  await client.get('/api/me', { idempotencyKey: 'k' });
  // @ts-expect-error this POST shows a secret, and is given once
  await client.post('/api/me/tokens', { body: { name: 'n' }, idempotencyKey: 'k' });
  // @ts-expect-error a wallet is no list
  client.list('/api/sellers/{sellerId}/wallet', { params: { sellerId: 1 } });
  // @ts-expect-error a cart is never text
  await client.text('/api/cart');
  // @ts-expect-error a page for people is no result
  await client.get('/docs');
  const nothing: undefined = await client.post('/api/log-out');
  const line: ItemOf<'/api/accounts/{code}/statement'> | undefined = undefined;
  const wallet: Pick<ResultOf<'get', '/api/sellers/{sellerId}/wallet'>, 'pending'> = { pending: '0' };
  const code: ApiErrorCode = 'order_unknown';
  // @ts-expect-error no such code
  const mistyped: ApiErrorCode = 'order_unkown';
  return [nothing, line, wallet, code, mistyped];
}

it('is held by the compiler', () => {
  expect(Object.keys(createClient({ baseUrl: '' })).sort()).toEqual(
    ['delete', 'get', 'list', 'patch', 'post', 'put', 'send', 'text'].sort(),
  );
});
