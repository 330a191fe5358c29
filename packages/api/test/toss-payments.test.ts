import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type TossPayments,
  type TossPaymentsOptions,
  tossPaymentsClient,
} from '../src/toss-payments/client.ts';
import { openPaymentWindow } from './support/payment-window.ts';

/** The client against the real double, over real connections. */
describe('the TossPayments client', () => {
  let sandbox: Sandbox;
  let clients: TossPayments[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  afterEach(async () => {
    await post('DELETE', '/sandbox/faults');
    for (const client of clients) client.close();
    clients = [];
  });
  afterAll(() => sandbox.close());

  function client(options: Partial<TossPaymentsOptions> = {}): TossPayments {
    const made = tossPaymentsClient({ baseUrl: sandbox.url, secretKey: sandbox.tossSecretKey, ...options });
    clients.push(made);
    return made;
  }

  function post(method: string, path: string, body?: object) {
    return fetch(sandbox.url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  const fault = (body: object) => post('POST', '/sandbox/faults', body);

  async function agreed(amount = 38_000n) {
    const orderId = randomUUID();
    return {
      paymentKey: await openPaymentWindow({ baseUrl: sandbox.url, orderId, amount }),
      orderId,
      amount,
    };
  }

  function seen(paymentKey: string) {
    const authorization = `Basic ${btoa(`${sandbox.tossSecretKey}:`)}`;
    return fetch(`${sandbox.url}/v1/payments/${paymentKey}`, { headers: { authorization } });
  }
  async function seenBySandbox(paymentKey: string): Promise<{ status: string; lastTransactionKey: string }> {
    return (await seen(paymentKey)).json() as never;
  }

  it('approves, with the time and the method that the provider gives', async () => {
    const payment = await agreed();
    const before = Date.now();
    const answer = await client().confirm(payment);
    expect(answer).toEqual({
      outcome: 'approved',
      approval: { approvedAt: expect.any(Date), method: '카드' },
    });
    const at = answer.outcome === 'approved' ? answer.approval.approvedAt.getTime() : 0;
    // The provider writes whole seconds, on Korea's clock.
    expect(Math.abs(at - before)).toBeLessThan(5_000);
    expect(at % 1_000).toBe(0);
  });

  it('gives the same approval when the same payment is confirmed twice', async () => {
    const payment = await agreed();
    const first = await client().confirm(payment);
    const { lastTransactionKey } = await seenBySandbox(payment.paymentKey);
    expect(await client().confirm(payment)).toEqual(first);
    expect(await seenBySandbox(payment.paymentKey)).toMatchObject({ status: 'DONE', lastTransactionKey });
  });

  it('refuses with the code that the provider refuses with', async () => {
    const payment = await agreed();
    expect(await client().confirm({ ...payment, testCode: 'REJECT_CARD_PAYMENT' })).toEqual({
      outcome: 'refused',
      refusal: { code: 'REJECT_CARD_PAYMENT', message: expect.stringMatching(/[가-힣]/) },
    });
  });

  it('refuses a payment that the provider does not have', async () => {
    const answer = await client().confirm({ paymentKey: 'no-such-key', orderId: 'order-1', amount: 1n });
    expect(answer).toMatchObject({ outcome: 'refused', refusal: { code: 'NOT_FOUND_PAYMENT' } });
  });

  it.each([
    ['the answer is lost', { dropAnswer: 'after' }],
    ['a gateway answers 500 for it', { status: 500, afterWork: true }],
    ['a gateway answers 504 for it', { status: 504, code: 'GATEWAY', afterWork: true }],
  ])('finds the approval by a look-up when %s, without a second confirm', async (_, what) => {
    const payment = await agreed();
    // A second confirm would strike the second of these, and be seen in what is left of them.
    await fault({ route: 'confirm', ...what, times: 2, paymentKey: payment.paymentKey });
    expect(await client().confirm(payment)).toMatchObject({ outcome: 'approved' });
    const { faults } = (await (await post('GET', '/sandbox/faults')).json()) as { faults: object[] };
    expect(faults).toMatchObject([{ struckCount: 1 }]);
  });

  it.each([
    ['is lost on its way', { dropAnswer: 'before' }],
    ['gets 503 from a gateway', { status: 503 }],
    ['gets 429', { status: 429, code: 'TOO_MANY_REQUESTS' }],
    ['gets PROVIDER_ERROR', { status: 400, code: 'PROVIDER_ERROR' }],
  ])(
    'confirms again, with the same key, when the confirm %s and the look-up says it waits',
    async (_, what) => {
      const payment = await agreed();
      await fault({ route: 'confirm', ...what });
      expect(await client().confirm(payment)).toMatchObject({ outcome: 'approved' });
    },
  );

  it('does not know when neither the confirm nor the look-up is answered', async () => {
    const payment = await agreed();
    await fault({ route: 'confirm', dropAnswer: 'after' });
    await fault({ route: 'get', dropAnswer: 'before' });
    const toss = client();
    expect(await toss.confirm(payment)).toEqual({ outcome: 'unknown' });
    expect(await toss.lookUp(payment.paymentKey)).toMatchObject({ outcome: 'approved', amount: 38_000n });
  });

  it('does not know when the provider is slower than the time-out and has not finished', async () => {
    const payment = await agreed();
    await fault({ route: 'confirm', latencyMs: 2_000 });
    const started = performance.now();
    const toss = client({ timeoutMs: 150 });
    expect(await toss.confirm(payment)).toEqual({ outcome: 'unknown' });
    expect(performance.now() - started).toBeLessThan(1_900);
    expect(await toss.lookUp(payment.paymentKey)).toEqual({ outcome: 'unconfirmed' });
    // What was slow happens after all, and a later look-up finds it.
    await until(async () => (await toss.lookUp(payment.paymentKey)).outcome === 'approved');
  });

  it('begins nothing new when its budget is spent', async () => {
    const payment = await agreed();
    await fault({ route: 'confirm', latencyMs: 400, dropAnswer: 'before', times: 'always' });
    const started = performance.now();
    const toss = client({ timeoutMs: 5_000, budgetMs: 300, attemptCount: 10 });
    expect(await toss.confirm(payment)).toEqual({ outcome: 'unknown' });
    expect(performance.now() - started).toBeLessThan(800);
  });

  it('sends nothing where nobody listens', async () => {
    const { port, close } = await deafPort();
    await close();
    const answer = await client({ baseUrl: `http://127.0.0.1:${port}` }).confirm(await agreed());
    expect(answer).toEqual({ outcome: 'not_sent' });
  });

  it('does not know when somebody listens and never answers', async () => {
    const { port, close } = await deafPort();
    const toss = client({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 100 });
    expect(await toss.confirm(await agreed())).toEqual({ outcome: 'unknown' });
    expect(await toss.lookUp('any')).toEqual({ outcome: 'unknown' });
    toss.close();
    await close();
  });

  it('does not know when a confirm may have got through and the next one cannot be sent', async () => {
    const payment = await agreed();
    const waiting = await (await seen(payment.paymentKey)).text();
    // Takes a confirm without an answer, says once that the payment waits, and is gone.
    const server = createServer((request, response) => {
      if (request.method === 'POST') request.socket.destroy();
      else {
        server.close();
        response.setHeader('connection', 'close').end(waiting);
      }
    });
    const { port } = await listening(server);
    const answer = await client({ baseUrl: `http://127.0.0.1:${port}` }).confirm(payment);
    expect(answer).toEqual({ outcome: 'unknown' });
    expect(server.listening).toBe(false);
  });

  it('finds a payment that was processed before by a confirm under another key', async () => {
    const payment = await agreed();
    await client().confirm({ ...payment, idempotencyKey: 'another-key' });
    expect(await client().confirm(payment)).toMatchObject({ outcome: 'approved' });
  });

  it('never approves a payment of another order or amount', async () => {
    const payment = await agreed();
    await client().confirm(payment);
    const others = [
      { ...payment, amount: 37_999n },
      { ...payment, orderId: randomUUID() },
    ];
    for (const other of others) {
      // The provider refuses by itself; where its refusal is unclear, the look-up must not mistake it.
      expect(await client().confirm(other)).toMatchObject({ outcome: 'refused' });
      await fault({ route: 'confirm', status: 500 });
      expect(await client().confirm({ ...other, idempotencyKey: randomUUID() })).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'PAYMENT_MISMATCH' },
      });
    }
  });

  it('looks up what a payment is', async () => {
    const toss = client();
    const payment = await agreed(5_500n);
    expect(await toss.lookUp(payment.paymentKey)).toEqual({ outcome: 'unconfirmed' });
    await toss.confirm(payment);
    expect(await toss.lookUp(payment.paymentKey)).toMatchObject({
      outcome: 'approved',
      orderId: payment.orderId,
      amount: 5_500n,
    });
    expect(await toss.lookUp('no-such-key')).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'NOT_FOUND_PAYMENT' },
    });
  });

  it('does not blame the payment when the secret key is not taken', async () => {
    const secretKey = 'live_sk_a_secret_that_nobody_may_see';
    const lines: unknown[] = [];
    const log = { warn: (...line: unknown[]) => lines.push(line) } as never;
    const payment = await agreed();
    const answer = await client({ secretKey, log }).confirm(payment);
    expect(answer).toEqual({ outcome: 'not_sent' });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify([answer, lines])).not.toContain(secretKey);
    expect(JSON.stringify(lines)).not.toContain(payment.paymentKey);
  });

  it('stops sending while the breaker is open, and tries again afterwards', async () => {
    await fault({ route: 'confirm', status: 500, times: 'always' });
    const toss = client({ attemptCount: 1, breakerOpenMs: 300 });
    for (let call = 0; call < 20; call++) {
      expect(await toss.confirm({ paymentKey: 'some-key', orderId: 'order-1', amount: 1n })).toEqual({
        outcome: 'unknown',
      });
    }
    await post('DELETE', '/sandbox/faults');
    const payment = await agreed();
    expect(await toss.confirm(payment)).toEqual({ outcome: 'not_sent' });
    expect(await seenBySandbox(payment.paymentKey)).toMatchObject({ status: 'IN_PROGRESS' });
    await until(async () => (await toss.confirm(payment)).outcome === 'approved');
  });

  it('turns away what is more than the bulkhead holds, and sends none of it', async () => {
    await fault({ route: 'confirm', latencyMs: 200, times: 'always' });
    const toss = client({ slotCount: 1, attemptCount: 1 });
    const payments = await Promise.all([agreed(), agreed(), agreed(), agreed()]);
    const answers = await Promise.all(payments.map((payment) => toss.confirm(payment)));
    // One under way and two in the queue.
    expect(answers.map(({ outcome }) => outcome)).toEqual(['approved', 'approved', 'approved', 'not_sent']);
  });
});

/** A server that takes requests and never answers. */
async function deafPort(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer(() => {});
  const { port } = await listening(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listening(server: Server): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address() as AddressInfo;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
