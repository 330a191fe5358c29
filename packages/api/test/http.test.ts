import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeApi } from '../src/index.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

describe('the edge', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
  });
  afterAll(() => shop.close());

  it.each([
    ['malformed JSON', '{"cartId": 1,', 'application/json', 400, 'json_malformed'],
    ['JSON that is no object', '"cart"', 'application/json', 400, 'json_malformed'],
    ['an empty body', '', 'application/json', 400, 'body_missing'],
    [
      'a body over 64 KiB',
      JSON.stringify({ seed: 'x'.repeat(65_536) }),
      'application/json',
      413,
      'body_too_large',
    ],
    ['a form', 'cartId=1', 'application/x-www-form-urlencoded', 415, 'media_type_unsupported'],
    ['another charset', '{}', 'application/json; charset=euc-kr', 415, 'media_type_unsupported'],
  ])('refuses %s', async (_name, body, type, status, code) => {
    const answer = await shop.call('POST', '/api/check-out', body, { 'Content-Type': type });
    expectProblem(answer, status, code);
  });

  it('has 404 for an unknown route, and 405 with Allow for a wrong method', async () => {
    expectProblem(await shop.call('GET', '/api/kimchis'), 404, 'route_unknown');
    const answer = await shop.call('DELETE', '/api/check-out');
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe('POST');
    expectProblem(await shop.call('OPTIONS', '/api/check-out'), 405, 'method_not_allowed');
    expect((await shop.call('POST', '/health/live', {})).headers.get('allow')).toBe('GET, HEAD');
  });

  it('refuses a path that is no UTF-8', async () => {
    expectProblem(await shop.call('GET', '/api/orders/%ff%fe'), 400, 'request_invalid');
  });

  it('carries the caller’s request id, unless it is unsound', async () => {
    const kept = await shop.call('GET', '/health/live', undefined, { 'X-Request-Id': 'mine-1' });
    expect(kept.headers.get('x-request-id')).toBe('mine-1');
    const made = await shop.call('GET', '/health/live', undefined, { 'X-Request-Id': 'not {this}' });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['goes on with the caller’s trace', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, /^00-a{32}-b{16}-01$/],
    ['begins a trace where there is none', undefined, /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/],
    [
      'begins a trace where it is unsound',
      `00-${'0'.repeat(32)}-x`,
      /^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00$/,
    ],
  ])('%s, down to the outbox', async (_name, traceparent, expected) => {
    const orderId = await shop.order();
    const paymentKey = `traced-${orderId}`;
    const headers = traceparent === undefined ? {} : { traceparent };
    const body = { paymentKey, orderId, amount: 38_000 };
    expect((await shop.call('POST', '/api/payments/confirm', body, headers)).status).toBe(200);
    const [[event]] = await shop.database.admin.raw('SELECT headers FROM outbox WHERE aggregate_id = ?', [
      paymentKey,
    ]);
    expect(JSON.parse(event.headers).traceparent).toMatch(expected);
  });

  it('says nothing of what it runs on', async () => {
    const { headers } = await shop.call('GET', '/health/live');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves its own description, and a page for it that loads nothing from elsewhere', async () => {
    const { body } = await shop.call('GET', '/openapi.json');
    expect(body).toEqual(JSON.parse(JSON.stringify(describeApi('sandbox'))));
    const page = await fetch(`${shop.api.url}/docs`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    const html = await page.text();
    // Its icon is none, so that no browser asks for one.
    const assets = [...html.matchAll(/(?:src|href)="(?!data:,")([^"]+)"/g)].map(([, path = '']) => path);
    expect(assets).toHaveLength(4);
    for (const path of assets) {
      const asset = await fetch(shop.api.url + path);
      expect(asset.status).toBe(200);
      expect((await asset.text()).length).toBeGreaterThan(100);
    }
    expectProblem(await shop.call('GET', '/docs/assets/..%2fpackage.json'), 404, 'route_unknown');
  });

  it('says with 304 that a client has the same already, where an answer has an ETag', async () => {
    const first = await fetch(`${shop.api.url}/openapi.json`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const ask = (tags: string) =>
      fetch(`${shop.api.url}/openapi.json`, { headers: { 'If-None-Match': tags } });
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask(tags);
      expect({ status: again.status, etag: again.headers.get('etag'), text: await again.text() }).toEqual({
        status: 304,
        etag,
        text: '',
      });
    }
    expect((await ask('"other"')).status).toBe(200);
    expect((await shop.call('GET', '/health/live')).headers.get('cache-control')).toBe('no-store');
  });

  it('is live and ready', async () => {
    expect((await shop.call('GET', '/health/live')).body).toEqual({ result: { status: 'live' } });
    expect((await shop.call('GET', '/health/ready')).body).toEqual({
      result: {
        status: 'ready',
        breakers: expect.objectContaining({ prices: 'closed', toss_confirms: 'closed' }),
      },
    });
  });

  it('shows a wallet of a seller, and none of nobody', async () => {
    const zero = { currency: 'KRW', pending: '0', available: '0', onHold: '0', owed: '0' };
    expect((await shop.call('GET', '/api/sellers/1/wallet')).body).toEqual({
      result: { sellerId: '1', ...zero },
    });
    expectProblem(await shop.call('GET', '/api/sellers/99/wallet'), 404, 'seller_unknown');
    expectProblem(await shop.call('GET', '/api/sellers/x/wallet'), 400, 'request_invalid');
  });

  it('shows a trial balance', async () => {
    const { body } = await shop.call('GET', '/api/reports/trial-balance?asOf=2026-01-31&format=json');
    expect(body.result).toMatchObject({ ledger: 'kimchi-mall', asOf: '2026-01-31', rows: [], totals: [] });
  });

  it.each([
    ['asOf=2026-02-30', 'day_malformed'],
    ['from=yesterday', 'day_malformed'],
    ['knownAt=2026-01-31', 'request_invalid'],
    ['asOf=2026-01-31&asOf=2026-02-01', 'request_invalid'],
    ['format=pdf', 'format_unsupported'],
    ['asof=2026-01-31', 'request_invalid'],
  ])('refuses a trial balance with %s', async (query, code) => {
    expectProblem(await shop.call('GET', `/api/reports/trial-balance?${query}`), 400, code);
  });

  it('finishes the request that is under way when it closes, and takes no more', async () => {
    const other = await openShop({ provider: slowProvider() });
    const orderId = await other.order();
    const confirming = other.confirm(orderId);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = other.close();
    expect((await confirming).status).toBe(200);
    await closing;
    await expect(canConnect(other.api.port)).resolves.toBe(false);
  });
});

function slowProvider() {
  const provider = fakeProvider();
  provider.next.push(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { outcome: 'approved', approval: { approvedAt: new Date(), method: null } };
  });
  return provider;
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });
}
