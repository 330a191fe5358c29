import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type TossCancels,
  type TossCancelsOptions,
  tossCancelClient,
} from '../src/toss-payments/cancel-client.ts';
import { tossPaymentsClient } from '../src/toss-payments/client.ts';
import { openPaymentWindow } from './support/payment-window.ts';

/** Cancels against the real double, over real connections. */
describe('cancelling at TossPayments', () => {
  let sandbox: Sandbox;
  let clients: TossCancels[] = [];
  // The provider takes one cancel a second for a payment: the tests move its clock instead of waiting.
  let passedMs = 0;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, clock: () => new Date(Date.now() + passedMs) });
  });
  afterEach(async () => {
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    for (const client of clients) client.close();
    clients = [];
  });
  afterAll(() => sandbox.close());

  function client(options: Partial<TossCancelsOptions> = {}): TossCancels {
    const { url: baseUrl, tossSecretKey: secretKey } = sandbox;
    const made = tossCancelClient({ baseUrl, secretKey, pauseMs: 10, ...options });
    clients.push(made);
    return made;
  }

  const fault = (body: object) =>
    fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) });

  /** A cancel of 8,000 out of a payment of 38,000 won that was approved. */
  async function wanted() {
    const orderId = randomUUID();
    const baseUrl = sandbox.url;
    const paymentKey = await openPaymentWindow({ baseUrl, orderId, amount: 38_000n });
    const payments = tossPaymentsClient({ baseUrl, secretKey: sandbox.tossSecretKey });
    await payments.confirm({ paymentKey, orderId, amount: 38_000n });
    payments.close();
    const idempotencyKey = `cancel:${orderId}:1`;
    return {
      paymentKey,
      cancelReason: '단순 변심',
      cancelAmount: 8_000n,
      refundableAmount: 38_000n,
      idempotencyKey,
    };
  }

  async function seenBySandbox(
    paymentKey: string,
  ): Promise<{ balanceAmount: number; cancels: unknown[] | null }> {
    const authorization = `Basic ${btoa(`${sandbox.tossSecretKey}:`)}`;
    const answer = await fetch(`${sandbox.url}/v1/payments/${paymentKey}`, { headers: { authorization } });
    return (await answer.json()) as never;
  }

  const canceled = { outcome: 'canceled', amount: 8_000n, refundableAmount: 30_000n };

  it('gives back a part, and tells its transaction and what is left', async () => {
    expect(await client().cancel(await wanted())).toEqual({
      ...canceled,
      transactionKey: expect.stringMatching(/^[0-9A-F]{32}$/),
      canceledAt: expect.any(Date),
    });
  });

  it('gives back all that is left when no amount is given', async () => {
    const { cancelAmount: _, ...request } = await wanted();
    expect(await client().cancel(request)).toMatchObject({ amount: 38_000n, refundableAmount: 0n });
  });

  it('gives the same answer when the same cancel comes twice', async () => {
    const request = await wanted();
    const first = await client().cancel(request);
    expect(await client().cancel(request)).toEqual(first);
    expect(await seenBySandbox(request.paymentKey)).toMatchObject({ balanceAmount: 30_000 });
  });

  it.each([
    ['the answer is lost after the refund', { dropAnswer: 'after' }],
    ['a gateway answers 500 after the refund', { status: 500, afterWork: true }],
    ['the request is lost', { dropAnswer: 'before' }],
    ['a gateway answers 503', { status: 503 }],
    ['it comes too soon after another', { status: 403, code: 'FORBIDDEN_CONSECUTIVE_REQUEST' }],
    ['the bank stumbles', { status: 400, code: 'PROVIDER_ERROR' }],
  ])('refunds exactly once when %s', async (_, what) => {
    const request = await wanted();
    await fault({ route: 'cancel', ...what, paymentKey: request.paymentKey });
    expect(await client().cancel(request)).toMatchObject(canceled);
    const { cancels, balanceAmount } = await seenBySandbox(request.paymentKey);
    expect(cancels).toHaveLength(1);
    expect(balanceAmount).toBe(30_000);
  });

  it('gets past a refusal for haste that the provider gives again under the same key', async () => {
    const request = await wanted();
    const toss = client({ attemptCount: 2 });
    expect(await toss.cancel(request)).toMatchObject(canceled);
    const second = { ...request, refundableAmount: 30_000n, idempotencyKey: `${request.idempotencyKey}2` };
    const hasty = client({ attemptCount: 1 });
    expect(await hasty.cancel(second)).toEqual({ outcome: 'unknown' });
    passedMs += 1_000;
    expect(await toss.cancel(second)).toMatchObject({ outcome: 'canceled', refundableAmount: 22_000n });
  });

  it('keeps its idempotency key after silence, and takes another after an answer', async () => {
    const request = await wanted();
    const keys: unknown[] = [];
    const uncertain = await listen((message, response) => {
      if (message.method === 'POST') keys.push(message.headers['idempotency-key']);
      if (message.method === 'GET') response.end(JSON.stringify({ paymentKey: 'k', balanceAmount: 38_000 }));
      else if (keys.length === 3) response.writeHead(500).end('{"code":"COMMON_ERROR"}');
      else message.socket.destroy();
    });
    const toss = client({ baseUrl: uncertain.url, attemptCount: 4 });
    expect(await toss.cancel(request)).toEqual({ outcome: 'unknown' });
    await uncertain.close();
    const { idempotencyKey: key } = request;
    expect(keys).toEqual([key, key, key, `${key}:4`]);
  });

  it('never refunds twice what the books think was not refunded', async () => {
    const request = await wanted();
    await client().cancel(request);
    passedMs += 1_000;
    const again = { ...request, cancelAmount: 9_000n, idempotencyKey: randomUUID() };
    expect(await client().cancel(again)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'NOT_MATCHES_REFUNDABLE_AMOUNT' },
    });
    expect(await seenBySandbox(request.paymentKey)).toMatchObject({ balanceAmount: 30_000 });
  });

  it('refuses more than there is', async () => {
    const request = { ...(await wanted()), cancelAmount: 38_001n };
    expect(await client().cancel(request)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'NOT_CANCELABLE_AMOUNT' },
    });
  });

  it('does not know when neither the cancel nor the look-up is answered, and learns it later', async () => {
    const request = await wanted();
    await fault({ route: 'cancel', dropAnswer: 'after', paymentKey: request.paymentKey });
    await fault({ route: 'get', dropAnswer: 'before', paymentKey: request.paymentKey });
    expect(await client().cancel(request)).toEqual({ outcome: 'unknown' });
    expect(await client().cancel(request)).toMatchObject(canceled);
  });

  it('does not know when the provider is slower than the time-out', async () => {
    const request = await wanted();
    await fault({ route: 'cancel', latencyMs: 500, times: 'always' });
    expect(await client({ timeoutMs: 50 }).cancel(request)).toEqual({ outcome: 'unknown' });
    // What was slow happens after all, once, and the same request again finds it.
    await until(async () => (await seenBySandbox(request.paymentKey)).balanceAmount < 38_000);
    expect(await client().cancel(request)).toMatchObject(canceled);
    expect((await seenBySandbox(request.paymentKey)).cancels).toHaveLength(1);
  });

  it('has sent nothing where nobody listens, or where its key is not taken', async () => {
    const request = await wanted();
    const closed = await startSandbox({ port: 0 });
    await closed.close();
    expect(await client({ baseUrl: closed.url }).cancel(request)).toEqual({ outcome: 'not_sent' });
    expect(await client({ secretKey: 'live_sk_nobody' }).cancel(request)).toEqual({ outcome: 'not_sent' });
    expect(await seenBySandbox(request.paymentKey)).toMatchObject({ balanceAmount: 38_000 });
  });
});

async function listen(answer: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
