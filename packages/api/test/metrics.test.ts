import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { withoutSecrets } from '../src/log-secrets.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';

describe('what the API tells of itself', () => {
  let shop: Shop;
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()));
      done();
    },
  });
  beforeAll(async () => {
    const log = pino({ formatters: { log: withoutSecrets } }, sink);
    shop = await openShop({ provider: fakeProvider(), log });
  });
  afterAll(() => shop.close());

  const scrape = async () => (await fetch(`${shop.api.url}/metrics`)).text();

  it('counts and times requests by route and status', async () => {
    const orderId = await shop.order();
    await shop.call('GET', `/api/orders/${orderId}`);
    await shop.call('GET', '/api/orders/none-1');
    await shop.call('GET', '/api/nowhere/x');
    await shop.call('POST', '/api/check-out', { cartId: 'x' });
    await waitFor('the figures', async () => /route="none"/.test(await scrape()));
    const text = await scrape();
    const countOf = (labels: string) =>
      Number(new RegExp(`jangbu_api_request_seconds_count\\{${labels}\\} (\\d+)`).exec(text)?.[1]);
    expect(countOf('method="POST",route="/api/check-out",status="200"')).toBe(1);
    expect(countOf('method="POST",route="/api/check-out",status="400"')).toBe(1);
    expect(countOf('method="GET",route="/api/orders/{orderId}",status="200"')).toBe(1);
    expect(countOf('method="GET",route="/api/orders/{orderId}",status="404"')).toBe(1);
    expect(countOf('method="GET",route="none",status="404"')).toBe(1);
    expect(text).not.toContain(orderId);
    expect(text).toMatch(/^jangbu_api_process_resident_memory_bytes \d+/m);
  });

  it('writes a line for each request, and nothing of what it carried', async () => {
    lines.length = 0;
    const secret = 'hidden-7f3a';
    await shop.call(
      'POST',
      '/api/check-out',
      { ...CHECK_OUT, seed: secret },
      {
        Cookie: `session=${secret}`,
        'Idempotency-Key': secret,
        'X-Request-Id': 'mine-1',
      },
    );
    await shop.call('GET', '/api/orders', undefined, { Authorization: `Bearer ${secret}` });
    await shop.call('GET', `/api/reports/trial-balance?asOf=${secret}`);
    await shop.confirm(await shop.order(), `${secret}-key1`);
    await shop.call('GET', `/api/payments/${secret}-key1`);
    await waitFor('the lines', async () => lines.length >= 6);
    expect(lines[0]).toMatchObject({
      requestId: 'mine-1',
      method: 'POST',
      path: '/api/check-out',
      status: 200,
    });
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});
