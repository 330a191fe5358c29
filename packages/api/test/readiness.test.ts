import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DatabaseProxy, proxyTo } from './support/proxy.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

describe('readiness', () => {
  let shop: Shop;
  let proxy: DatabaseProxy;
  beforeAll(async () => {
    shop = await openShop({
      through: async (url) => {
        proxy = await proxyTo(url);
        return proxy.url;
      },
    });
  });
  afterAll(async () => {
    await proxy.mend();
    await shop.close();
    await proxy.cut();
  });

  it('is denied within a few seconds where MySQL hangs, and comes back with it', async () => {
    expect((await shop.call('GET', '/health/ready')).status).toBe(200);
    proxy.hang();
    const askedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.call('GET', '/health/ready')));
    const tookMs = performance.now() - askedAt;
    await proxy.mend();
    expect(tookMs).toBeLessThan(6_000);
    for (const answer of answers) expectProblem(answer, 503, 'database_unreachable');
    expect((await shop.call('GET', '/health/ready')).status).toBe(200);
  }, 20_000);
});
