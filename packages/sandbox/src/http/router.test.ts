import { describe, expect, it } from '@jest/globals';
import type { Route } from './exchange.ts';
import { createRouter } from './router.ts';

const route = (method: Route['method'], path: string): Route => ({
  method,
  path,
  handle: () => ({ status: 200, body: path }),
});
const match = createRouter([
  route('POST', '/v1/payments/confirm'),
  route('GET', '/v1/payments/:paymentKey'),
  route('GET', '/v1/payments/orders/:orderId'),
  route('POST', '/v1/payments/:paymentKey/cancel'),
]);

describe('createRouter', () => {
  it.each([
    ['POST', '/v1/payments/confirm', '/v1/payments/confirm', {}],
    ['GET', '/v1/payments/a%20b', '/v1/payments/:paymentKey', { paymentKey: 'a b' }],
    ['GET', '/v1/payments/%E0%A4%A', '/v1/payments/:paymentKey', { paymentKey: '%E0%A4%A' }],
    ['GET', '/v1/payments/orders/o1', '/v1/payments/orders/:orderId', { orderId: 'o1' }],
    ['POST', '/v1/payments/k/cancel', '/v1/payments/:paymentKey/cancel', { paymentKey: 'k' }],
  ])('finds %s %s', (method, path, expected, params) => {
    expect(match(method, path)).toMatchObject({ found: 'route', route: { path: expected }, params });
  });

  it('says which methods a path has', () => {
    expect(match('DELETE', '/v1/payments/confirm')).toEqual({
      found: 'other-methods',
      allowed: ['POST', 'GET'],
    });
  });

  it.each(['/v1/payments', '/v1/payments/', '/v1/payments/k/', '/'])('finds nothing at %s', (path) => {
    expect(match('GET', path)).toEqual({ found: 'nothing' });
  });
});
