import { randomUUID } from 'node:crypto';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { tossPaymentsClient } from '../src/toss-payments/client.ts';
import { openPaymentWindow } from './support/payment-window.ts';
import { type Answer, expectProblem, openShop, PRODUCTION, type Shop } from './support/shop.ts';

/** The whole way, over the provider's double: what the provider does is real, and what gets lost is real. */
describe('payment through the sandbox', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    const environment = { SANDBOX_URL: sandbox.url, RECOVERY_AFTER_MS: '100', RECOVERY_EVERY_MS: '50' };
    shop = await openShop({ environment });
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });
  beforeEach(() => post('/sandbox/faults', undefined, 'DELETE'));

  const post = (path: string, body: unknown, method = 'POST') =>
    fetch(sandbox.url + path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const pay = (orderId: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    shop.call('POST', '/test/confirm', { orderId, memberId: 7, amount: 38_000, ...more });
  const agree = async (by: Shop) => {
    const window = { orderId: await by.order(), amount: 38_000 };
    return { ...window, paymentKey: await openPaymentWindow({ baseUrl: sandbox.url, ...window }) };
  };
  const untilFinished = (paymentKey: string, by = shop) =>
    waitFor('the payment to be finished', async () => {
      const { body } = await by.call('GET', `/api/payments/${paymentKey}`);
      return body.result.status !== 'confirming' && body.result;
    });
  const providersStatus = async (paymentKey: string) => {
    const response = await fetch(`${sandbox.url}/v1/payments/${paymentKey}`, {
      headers: { Authorization: `Basic ${btoa(`${sandbox.tossSecretKey}:`)}` },
    });
    return ((await response.json()) as { status: string }).status;
  };

  it('runs the load scenario’s flow, with a paymentKey and without', async () => {
    const without = await pay(await shop.order());
    expect(without.status).toBe(200);
    expect(without.body.result).toMatchObject({ status: 'done', payerId: 7, amount: 38_000 });
    const paymentKey = randomUUID();
    const orderId = await shop.order();
    const given = await pay(orderId, { paymentKey, memberId: '1000' });
    expect(given.body.result).toMatchObject({ paymentKey, payerId: 1000, replayed: false });
    expect((await pay(orderId, { paymentKey, memberId: '1000' })).body.result.replayed).toBe(true);
    expect(await providersStatus(paymentKey)).toBe('DONE');
  });

  it('leaves a provider alone that cannot be reached, and says so beside readiness and in the figures', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const alone = await openShop({ environment: { TOSS_BASE_URL: 'http://127.0.0.1:9' }, log });
    try {
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => alone.confirm(await alone.order())),
      );
      for (const answer of answers) expectProblem(answer, 503, 'payment_provider_unavailable');
      expect(await alone.call('GET', '/health/ready')).toMatchObject({
        status: 200,
        body: {
          result: { breakers: { toss_confirms: 'open', toss_look_ups: 'closed', toss_cancels: 'closed' } },
        },
      });
      const figures = await (await fetch(`${alone.api.url}/metrics`)).text();
      expect(figures).toContain('jangbu_api_breaker_state{breaker="toss_confirms",state="open"} 1');
      expect(figures).toMatch(
        /jangbu_api_breaker_calls_total\{breaker="toss_confirms",outcome="rejected"\} [1-9]/,
      );
      expect(lines.filter((line) => line.includes('The payment provider is left alone'))).toHaveLength(1);
    } finally {
      await alone.close();
    }
  });

  it('confirms what a buyer agreed to in the payment window', async () => {
    const orderId = await shop.order();
    const paymentKey = await openPaymentWindow({ baseUrl: sandbox.url, orderId, amount: 38_000 });
    expect((await shop.confirm(orderId, paymentKey)).body.result).toMatchObject({
      status: 'done',
      payerId: 1,
    });
  });

  it('pays a crowd of orders and loses none', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => pay(await shop.order(), { memberId: 1 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(60).fill(200));
  });

  it('refuses a payer who is no member, and an unknown order', async () => {
    expectProblem(await pay(await shop.order(), { memberId: 1001 }), 404, 'member_unknown');
    expectProblem(await pay('never-there'), 404, 'order_unknown');
  });

  it('refuses a paymentKey of another order, and charges nothing for an amount that is not the order’s', async () => {
    const paymentKey = randomUUID();
    await pay(await shop.order(), { paymentKey });
    expectProblem(await pay(await shop.order(), { paymentKey }), 409, 'payment_key_used');
    const cheap = randomUUID();
    const orderId = await shop.order();
    expectProblem(await pay(orderId, { paymentKey: cheap, amount: 37_999 }), 422, 'amount_mismatch');
    expect(await providersStatus(cheap)).toBeUndefined();
    expect((await pay(orderId)).status).toBe(200);
  });

  it('refuses a paymentKey that the provider does not know', async () => {
    const answer = await shop.confirm(await shop.order(), 'nobody-opened-this');
    expectProblem(answer, 402, 'payment_refused');
    expect(answer.body.providerCode).toBe('NOT_FOUND_PAYMENT');
  });

  it('passes on the refusal of the buyer’s card', async () => {
    const orderId = await shop.order();
    const paymentKey = randomUUID();
    const window = { orderId, amount: 38_000, paymentKey, refuseWith: 'REJECT_CARD_COMPANY' };
    expect((await post('/sandbox/toss/payments', window)).status).toBe(201);
    const answer = await shop.confirm(orderId, paymentKey);
    expectProblem(answer, 402, 'payment_refused');
    expect(answer.body.providerCode).toBe('REJECT_CARD_COMPANY');
    expect((await pay(orderId)).status).toBe(200);
  });

  it.each([
    ['the answer is dropped after approving', { route: 'confirm', dropAnswer: 'after' }],
    ['the connection is cut before', { route: 'confirm', dropAnswer: 'before' }],
    ['a gateway answers 502 after approving', { route: 'confirm', status: 502, afterWork: true }],
    ['a gateway answers 503 twice', { route: 'confirm', status: 503, times: 2 }],
    ['a page comes with 200 after approving', { route: 'confirm', garble: 'html', afterWork: true }],
    ['JSON of something else comes with 200', { route: 'confirm', garble: 'other-json', afterWork: true }],
  ])('is done once in the end when %s', async (_name, fault) => {
    const paymentKey = randomUUID();
    await post('/sandbox/faults', { ...fault, paymentKey });
    const answer = await pay(await shop.order(), { paymentKey });
    expect([200, 202]).toContain(answer.status);
    expect(await untilFinished(paymentKey)).toMatchObject({ status: 'done' });
    expect(await providersStatus(paymentKey)).toBe('DONE');
  });

  it('finishes what a client gave up waiting for, and tells it when it asks again', async () => {
    // Without recovery: it is the request itself that goes on.
    const other = await openShop({ environment: { SANDBOX_URL: sandbox.url } });
    try {
      const { orderId, paymentKey, amount } = await agree(other);
      await post('/sandbox/faults', { route: 'confirm', latencyMs: 400, paymentKey });
      const givingUp = fetch(`${other.api.url}/api/payments/confirm`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ paymentKey, orderId, amount }),
        signal: AbortSignal.timeout(150),
      });
      await expect(givingUp).rejects.toThrow('aborted');
      expect(await providersStatus(paymentKey)).toBe('IN_PROGRESS');
      expect(await untilFinished(paymentKey, other)).toMatchObject({ status: 'done' });
      expect((await other.confirm(orderId, paymentKey)).body.result).toMatchObject({ replayed: true });
    } finally {
      await other.close();
    }
  });

  it('finishes what the provider does after its answer was given up on', async () => {
    const provider = tossPaymentsClient({
      baseUrl: sandbox.url,
      secretKey: sandbox.tossSecretKey,
      timeoutMs: 150,
      budgetMs: 300,
    });
    const other = await openShop({
      provider,
      environment: { SANDBOX_URL: sandbox.url, RECOVERY_AFTER_MS: '100', RECOVERY_EVERY_MS: '50' },
    });
    try {
      const { orderId, paymentKey } = await agree(other);
      await post('/sandbox/faults', { route: 'confirm', latencyMs: 700, paymentKey });
      const answer = await other.confirm(orderId, paymentKey);
      expect({ status: answer.status, result: answer.body.result }).toMatchObject({
        status: 202,
        result: { status: 'confirming' },
      });
      expect(await providersStatus(paymentKey)).toBe('IN_PROGRESS');
      expect(await untilFinished(paymentKey, other)).toMatchObject({ status: 'done' });
      expect((await other.confirm(orderId, paymentKey)).body.result.replayed).toBe(true);
    } finally {
      await other.close();
      provider.close();
    }
  });

  it('leaves it to recovery when neither confirm nor look-up is answered', async () => {
    const paymentKey = randomUUID();
    const orderId = await shop.order();
    await post('/sandbox/faults', { route: 'confirm', dropAnswer: 'after', paymentKey });
    await post('/sandbox/faults', { route: 'get', status: 500, paymentKey, times: 'always' });
    const answer = await pay(orderId, { paymentKey });
    expect(answer.status).toBe(202);
    expect((await shop.call('GET', `/api/orders/${orderId}`)).body.result.status).toBe('awaiting_payment');
    await post('/sandbox/faults', undefined, 'DELETE');
    expect(await untilFinished(paymentKey)).toMatchObject({ status: 'done' });
    expect((await shop.call('GET', `/api/orders/${orderId}`)).body.result.status).toBe('paid');
  });
});

describe('without a sandbox', () => {
  it('has no /test/confirm in production, and serves nobody but health', async () => {
    const shop = await openShop({ environment: PRODUCTION });
    try {
      expectProblem(await shop.call('POST', '/test/confirm', {}), 404, 'route_unknown');
      expectProblem(await shop.call('POST', '/api/check-out', {}), 401, 'credentials_missing');
      expectProblem(await shop.call('GET', '/api/relay/status'), 401, 'credentials_missing');
      expect((await shop.call('GET', '/health/live')).status).toBe(200);
    } finally {
      await shop.close();
    }
  });

  it('says so when the sandbox does not answer', async () => {
    const shop = await openShop({ environment: { SANDBOX_URL: 'http://127.0.0.1:1' } });
    try {
      const orderId = await shop.order();
      expectProblem(
        await shop.call('POST', '/test/confirm', { orderId, memberId: 1, amount: 38_000 }),
        503,
        'payment_provider_unavailable',
      );
      expectProblem(await shop.confirm(orderId, 'cannot-be-sent'), 503, 'payment_provider_unavailable');
    } finally {
      await shop.close();
    }
  });
});
