import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, decideAt, openBrowser } from '../packages/api/test/support/browser.ts';
import { openPaymentWindow } from '../packages/api/test/support/payment-window.ts';
import { answering, type Receiver, startReceiver } from '../packages/api/test/support/receiver.ts';
import { waitFor } from '../scripts/testing/wait-for.ts';
import { prepareSystem, SERVICES, type System } from './support/system.ts';

/**
 * Everything that a buyer, a seller and an operator do, well and badly, against processes that log all they can. Afterwards nothing
 * stands in what they wrote that opens anything, or that says who somebody is.
 */
describe('what api and relay log, at their most talkative', () => {
  let system: System;
  let receiver: Receiver;
  let buyer: Browser;
  let operator: Browser;
  /** What must not be logged, by what it is. */
  const kept = new Map<string, string>();
  const keep = <T extends string>(what: string, value: T): T => {
    kept.set(`${what} ${kept.size}`, value);
    return value;
  };

  beforeAll(async () => {
    system = await prepareSystem();
    await Promise.all(
      SERVICES.map((name) => system.start(name, { LOG_LEVEL: 'trace', WEBHOOKS_EVERY_MS: '50' })),
    );
    receiver = await startReceiver();
    buyer = openBrowser({ api: { url: system.apiUrl } });
    operator = openBrowser({ api: { url: system.apiUrl } });
  }, 60_000);
  afterAll(async () => {
    await receiver?.close();
    await system?.end();
  });

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const isText = typeof body === 'string';
    const response = await fetch(system.apiUrl + path, {
      method,
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  const fault = (what: object) =>
    fetch(`${system.sandboxUrl}/sandbox/faults`, { method: 'POST', body: JSON.stringify(what) });
  const logOf = (name: 'api' | 'relay') => system.log(name);
  const keepCookies = (browser: Browser) => {
    for (const [name, value] of browser.cookies) keep(`cookie ${name}`, value);
  };
  const order = async () => {
    const { body } = await buyer.send('PUT', '/api/cart/items/1', { quantity: 1 });
    const { cartId } = body.result;
    const key = { 'Idempotency-Key': keep('Idempotency-Key', randomUUID()) };
    return (await buyer.send('POST', '/api/check-out', { cartId, kimchiIds: [1, 2] }, key)).body.result;
  };
  const window = async ({ orderId, amount }: { orderId: string; amount: number }) => {
    const opened = { orderId, amount, paymentKey: keep('paymentKey', `pay-${randomUUID()}`) };
    await openPaymentWindow({ baseUrl: system.sandboxUrl, ...opened });
    return opened;
  };

  it('takes people in, and turns them away', async () => {
    for (const [browser, provider, person] of [
      [buyer, 'naver', 'minjun'],
      [operator, 'kakao', 'operator'],
    ] as const) {
      const back = new URL(await browser.decide(`/auth/${provider}?returnTo=/me`, { person }));
      for (const name of ['code', 'state']) keep(name, back.searchParams.get(name) ?? '');
      keepCookies(browser);
      expect((await browser.get(back.pathname + back.search)).status).toBe(303);
      keepCookies(browser);
      keep('csrfToken', (await browser.get('/api/me')).body.result.csrfToken);
      // The same code again.
      await browser.get(back.pathname + back.search);
    }
    const failing = openBrowser({ api: { url: system.apiUrl } });
    const asked = new URL((await failing.get('/auth/kakao')).headers.get('location') ?? '');
    const state = keep('state', asked.searchParams.get('state') ?? '');
    await failing.get(
      `/auth/kakao/callback?code=${keep('code', 'a-code-that-kakao-repeats')}&state=${state}`,
    );
    await failing.get(
      await decideAt((await failing.get('/auth/naver')).headers.get('location') ?? '', { decision: 'deny' }),
    );
    keepCookies(failing);
    for (const secret of ['jbt_made-up-token', 'Basic-credentials']) {
      await call('GET', '/api/me', undefined, { Authorization: `Bearer ${keep('bearer', secret)}` });
    }
    await call('GET', '/api/me', undefined, { Cookie: `jangbu-session=${keep('cookie', 'x'.repeat(43))}` });
    const { memberId } = (await buyer.get('/api/me')).body.result;
    const reason = keep('reason', 'because she is a cousin of 김사장');
    expect(
      (await operator.send('PUT', `/api/members/${memberId}/roles/seller`, { sellerId: 1, reason })).status,
    ).toBe(200);
    await buyer.logIn('naver', 'minjun');
    keepCookies(buyer);
    const { token } = (
      await buyer.send('POST', '/api/me/tokens', { name: keep('token name', 'my-laptop-at-home') })
    ).body.result;
    expect(
      (await call('GET', '/api/me', undefined, { Authorization: `Bearer ${keep('token', token)}` })).status,
    ).toBe(200);
  });

  it('takes money, and gives it back, also when the provider fails', async () => {
    const paid = await window(await order());
    expect((await buyer.send('POST', '/api/payments/confirm', paid)).status).toBe(200);
    expect((await buyer.get(`/api/payments/${paid.paymentKey}`)).status).toBe(200);
    const cancelReason = keep('cancelReason', '계좌 110-123-456789 로 환불');
    const cancelled = await buyer.send('POST', `/api/payments/${paid.paymentKey}/cancel`, { cancelReason });
    expect(cancelled.status).toBe(200);
    for (const how of [{ status: 500 }, { garble: 'html' }, { dropAnswer: 'after' }]) {
      await fault({ route: 'confirm', times: 3, ...how });
      await buyer.send('POST', '/api/payments/confirm', await window(await order()));
    }
    await fetch(`${system.sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
    await call('POST', '/webhooks/toss', { data: { paymentKey: paid.paymentKey } });
    await system.untilSettled();
  });

  it('tells merchants, also those who do not listen', async () => {
    receiver.next.push(answering(500), answering(302));
    const url = `${receiver.url}/hooks?token=${keep('webhook url', 'secret-of-the-merchant')}`;
    const { endpointId, secret } = (await operator.send('POST', '/api/webhook-endpoints', { url })).body
      .result;
    keep('webhook secret', secret);
    const { body } = await operator.send('POST', `/api/webhook-endpoints/${endpointId}/rotate-secret`);
    keep('webhook secret', body.result.secret);
    await operator.send('POST', `/api/webhook-endpoints/${endpointId}/ping`);
    await buyer.send('POST', '/api/payments/confirm', await window(await order()));
    await waitFor('it to be told', async () => receiver.received.length >= 2);
    for (const { headers } of receiver.received) keep('signature', String(headers['webhook-signature']));
  });

  it('refuses what is bad, and does not repeat it', async () => {
    const bad = keep('body', 'text-in-a-body-that-is-bad');
    await call('POST', '/api/check-out', `{"seed":"${bad}`);
    await call('POST', '/api/check-out', { cartId: bad });
    await call('GET', `/api/kimchi?q=${keep('query', 'what-somebody-looked-for')}`);
    await call('GET', `/nothing?access_token=${keep('query', 'token-in-a-query')}`);
    await call('GET', '/api/orders/none-1', undefined, {
      'X-Forwarded-For': keep('address', '203.0.113.77'),
    });
    const { admin } = system.database;
    await admin.raw('RENAME TABLE sessions TO sessions_away');
    try {
      expect((await buyer.get('/api/me')).status).toBe(500);
    } finally {
      await admin.raw('RENAME TABLE sessions_away TO sessions');
    }
    await buyer.send('POST', '/api/log-out');
  });

  it('has written of all of it, and nothing that it should keep to itself', async () => {
    const { runtimeUrl, replicationUrl } = system.database;
    for (const url of [runtimeUrl, replicationUrl]) keep('password of MySQL', new URL(url).password);
    for (const secret of ['test_sk_jangbu_sandbox', 'jangbu-sandbox-secret'])
      keep('secret of a provider', secret);
    for (const person of [
      '김민준',
      '민준',
      'minjun',
      '강서준',
      '@sandbox.example',
      'sandbox-naver-',
      '4000000103',
    ]) {
      keep('person', person);
    }
    await system.service('api').stop();
    await system.service('relay').stop();
    const api = logOf('api');
    for (const line of [
      '"path":"/auth/naver/callback"',
      '"path":"/api/payments/…',
      'A log-in provider failed',
      '"internal_error"',
    ]) {
      expect(api).toContain(line);
    }
    expect(logOf('relay')).toContain('"level":30');
    for (const name of ['api', 'relay'] as const) {
      const text = logOf(name);
      const told = [...kept].filter(([, secret]) => secret === '' || text.includes(secret));
      expect({ name, told }).toEqual({ name, told: [] });
    }
    expect(kept.size).toBeGreaterThan(40);
  });
});
