import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { CHECK_OUT, expectProblem, openShop, type Shop } from './support/shop.ts';

const PATH = '/api/kimchi/1/lowest-price';
const MINUTE_MS = 60_000;

/** The whole way: the route, the cache, the breaker, and a provider whose faults are real. */
describe('the lowest price', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  afterAll(() => sandbox.close());
  afterEach(() => fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' }));

  const fault = (body: Record<string, unknown>) =>
    fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ route: 'shop-search', times: 'always', ...body }),
    });
  const callsToday = async () => {
    const answer = await fetch(`${sandbox.url}/sandbox/naver-shopping/clients/jangbu-sandbox`);
    return ((await answer.json()) as { callsToday: number }).callsToday;
  };

  /** A shop of a test's own: its breaker and its cache begin anew. Its clock is moved by `pass`. */
  async function inShop(
    test: (shop: Shop, pass: (ms: number) => void) => Promise<void>,
    environment: Record<string, string> = {},
  ): Promise<void> {
    let aheadMs = 0;
    const shop = await openShop({
      clock: () => new Date(Date.now() + aheadMs),
      environment: { SANDBOX_URL: sandbox.url, PRICE_TIMEOUT_MS: '300', ...environment },
    });
    try {
      await test(shop, (ms) => {
        aheadMs += ms;
      });
    } finally {
      await shop.close();
    }
  }
  const read = (shop: Shop, id = 1) => shop.call('GET', `/api/kimchi/${id}/lowest-price`);

  it('holds our price beside those elsewhere', () =>
    inShop(async (shop) => {
      const { status, body, headers } = await read(shop);
      expect(status).toBe(200);
      const { result } = body;
      expect(result).toMatchObject({
        kimchiId: 1,
        name: '포기김치 1kg',
        currency: 'KRW',
        ourPrice: 14_000,
        grams: 1_000,
        source: 'naver-shopping',
        degraded: false,
        degradedBecause: null,
        ageSeconds: 0,
      });
      expect(result.listings).toHaveLength(10);
      expect(result.listingCount).toBeGreaterThan(10);
      expect(result.lowest).toEqual(result.listings[0]);
      expect(result.difference).toBe(14_000 - Number(result.lowest?.priceForOurWeight));
      const prices = result.listings.map(({ priceForOurWeight }) => Number(priceForOurWeight));
      expect(prices).toEqual(prices.toSorted((a, b) => a - b));
      expect(JSON.stringify(result)).not.toMatch(/<b>|&amp;/);
      expect(headers.get('cache-control')).toBe('public, max-age=30');
    }));

  it('says that nothing has changed, by the validator that it gave', () =>
    inShop(async (shop) => {
      const etag = (await read(shop)).headers.get('etag') ?? '';
      const again = await fetch(shop.api.url + PATH, { headers: { 'If-None-Match': etag } });
      expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
      expect(again.headers.get('etag')).toBe(etag);
      await shop.database.admin.raw('UPDATE products SET price = 15000 WHERE product_id = 1');
      const changed = await fetch(shop.api.url + PATH, { headers: { 'If-None-Match': etag } });
      expect(await changed.json()).toMatchObject({ result: { ourPrice: 15_000 } });
    }));

  it('asks once for all that want to know at once, and not again while it is fresh', () =>
    inShop(async (shop, pass) => {
      const before = await callsToday();
      await fault({ latencyMs: 100 });
      const answers = await Promise.all(Array.from({ length: 20 }, () => read(shop)));
      expect(answers.every(({ body }) => body.result.degraded === false)).toBe(true);
      pass(4 * MINUTE_MS);
      expect((await read(shop)).body.result).toMatchObject({ degraded: false, ageSeconds: 240 });
      expect((await callsToday()) - before).toBe(1);
    }));

  it('gives what is stale at once, and a newer one when it is there', () =>
    inShop(async (shop, pass) => {
      await read(shop);
      await fault({ latencyMs: 100 });
      pass(10 * MINUTE_MS);
      const { body, headers } = await read(shop);
      expect(body.result).toMatchObject({ degraded: false, ageSeconds: 600 });
      expect(headers.get('cache-control')).toBe('public, max-age=0');
      await waitFor('a newer one', async () => (await read(shop)).body.result.ageSeconds === 0);
    }));

  it.each([
    ['fails', { status: 500 }, 'source_failed'],
    ['hangs', { latencyMs: 30_000 }, 'source_slow'],
    ['cuts the connection', { dropAnswer: 'before' }, 'source_failed'],
    ['answers a page', { garble: 'html' }, 'source_failed'],
    ['answers JSON of something else', { garble: 'other-json' }, 'source_failed'],
    ['will not answer the question', { status: 400 }, 'source_refused'],
    ['has a limit that is reached', { status: 429, code: '010' }, 'source_limit'],
  ])('tells an older answer, and how old it is, when the source %s', async (_name, ordered, reason) => {
    await inShop(async (shop, pass) => {
      const first = (await read(shop)).body.result;
      await fault(ordered);
      pass(31 * MINUTE_MS);
      const { body, headers } = await read(shop);
      expect(body.result).toEqual({
        ...first,
        degraded: true,
        degradedBecause: reason,
        ageSeconds: expect.any(Number),
      });
      expect(body.result.ageSeconds).toBeGreaterThanOrEqual(31 * 60);
      expect(headers.get('cache-control')).toBe('public, max-age=5');
    });
  });

  it('falls back to the mall’s own listings where there is nothing older', () =>
    inShop(async (shop) => {
      await fault({ status: 503 });
      expect((await read(shop)).body.result).toMatchObject({
        ourPrice: 14_000,
        lowest: { kimchiId: 7, title: '포기김치 3kg', price: 32_900, priceForOurWeight: 10_967, url: null },
        difference: 3_033,
        listingCount: 1,
        source: 'mall',
        degraded: true,
        degradedBecause: 'source_failed',
      });
    }));

  it('compares within the mall where nothing else is configured', () =>
    inShop(
      async (shop) => {
        const before = await callsToday();
        expect((await read(shop)).body.result).toMatchObject({ source: 'mall', degraded: false });
        expect((await read(shop, 2)).body.result).toMatchObject({
          lowest: null,
          difference: null,
          listings: [],
        });
        expect(await callsToday()).toBe(before);
      },
      { PRICE_SOURCE: 'mall' },
    ));

  it('leaves a failing source alone, and finds out by itself when it is back', () =>
    inShop(async (shop) => {
      await fault({ status: 500 });
      for (let call = 0; call < 20; call++) await read(shop);
      const before = await callsToday();
      expect((await read(shop)).body.result.degradedBecause).toBe('source_paused');
      expect(await shop.call('GET', '/health/ready')).toMatchObject({
        status: 200,
        body: { result: { status: 'ready', breakers: { prices: 'open', toss_confirms: 'closed' } } },
      });
      const figures = await (await fetch(`${shop.api.url}/metrics`)).text();
      expect(figures).toContain('jangbu_api_breaker_state{breaker="prices",state="open"} 1');
      expect(figures).toContain('jangbu_api_breaker_calls_total{breaker="prices",outcome="failure"} 20');
      expect(await callsToday()).toBe(before);
    }));

  it('refuses a kimchi that is not there', () =>
    inShop(async (shop) => {
      expectProblem(await read(shop, 4_000), 404, 'product_unknown');
      expectProblem(await shop.call('GET', '/api/kimchi/x/lowest-price'), 400, 'request_invalid');
    }));

  it('says so when no source answers', () =>
    inShop(async (shop) => {
      await fault({ status: 500 });
      await shop.database.admin.raw('RENAME TABLE sellers TO sellers_gone');
      try {
        expectProblem(await read(shop), 503, 'prices_unavailable');
      } finally {
        await shop.database.admin.raw('RENAME TABLE sellers_gone TO sellers');
      }
    }));

  /** The seed's sixth lesson: what is slow elsewhere must not drag the mall with it. */
  it('never holds up check-out: a source that hangs, and a crowd that compares prices', () =>
    inShop(
      async (shop) => {
        await fault({ latencyMs: 30_000 });
        const kimchi = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        const since = performance.now();
        const comparing = Array.from({ length: 90 }, (_, index) => read(shop, kimchi[index % 9]));
        let checkOutCount = 0;
        const whileComparing = Promise.all(comparing).then((answers) => ({ answers, checkOutCount }));
        for (; performance.now() - since < 2_000; checkOutCount++) {
          expect((await shop.call('POST', '/api/check-out', CHECK_OUT)).status).toBe(200);
        }
        const { answers, checkOutCount: countWhileHanging } = await whileComparing;
        expect(answers.map(({ status }) => status)).toEqual(Array(90).fill(200));
        expect(answers.every(({ body }) => body.result.degraded)).toBe(true);
        // Nobody waited: orders were made all the time while the prices were waited for.
        expect(countWhileHanging).toBeGreaterThan(20);
      },
      { PRICE_TIMEOUT_MS: '1500' },
    ));
});
