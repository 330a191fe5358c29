import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sweep } from '../src/care/sweep.ts';
import { fingerprintOf } from '../src/http/idempotency/key.ts';
import type { Credentials } from '../src/index.ts';
import { type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { type Answer, CHECK_OUT, expectProblem, openShop, type Shop } from './support/shop.ts';

/** A caller is who the header says. */
const byHeader: Credentials = {
  readCaller(request) {
    const memberId = Number(request.get('X-Test-Member') ?? 0);
    return memberId === 0 ? undefined : { memberId, roles: ['operator'] };
  },
};
const HOUR_MS = 3_600_000;

describe('Idempotency-Key', () => {
  let shop: Shop;
  let provider: FakeProvider;
  let movedMs = 0;
  beforeAll(async () => {
    provider = fakeProvider();
    shop = await openShop({
      provider,
      credentials: byHeader,
      clock: () => new Date(Date.now() + movedMs),
    });
  });
  afterAll(() => shop.close());

  const post = (path: string, body: unknown, key: string, member?: number): Promise<Answer> =>
    shop.call('POST', path, body, {
      'Idempotency-Key': key,
      ...(member === undefined ? {} : { 'X-Test-Member': String(member) }),
    });
  const count = async (from: string) => {
    const [[row]] = await shop.database.admin.raw(`SELECT COUNT(*) AS count FROM ${from}`);
    return Number(row.count);
  };
  const payment = async (paymentKey: string) => ({ paymentKey, orderId: await shop.order(), amount: 38_000 });

  it('is its caller’s own, and its route’s own', async () => {
    const [one, other] = await Promise.all([
      post('/api/check-out', CHECK_OUT, 'own', 5),
      post('/api/check-out', CHECK_OUT, 'own', 6),
    ]);
    expect(one.body.result.orderId).not.toBe(other.body.result.orderId);
    expect((await post('/api/check-out', CHECK_OUT, 'own', 5)).body).toEqual(one.body);
    const hooks = { url: 'http://127.0.0.1:1/own' };
    expect((await post('/api/webhook-endpoints', hooks, 'own', 5)).status).toBe(201);
  });

  it('is free after a refusal', async () => {
    expectProblem(await post('/api/check-out', { ...CHECK_OUT, cartId: 99 }, 'free'), 404, 'cart_unknown');
    expect((await post('/api/check-out', CHECK_OUT, 'free')).status).toBe(200);
    provider.next.push(() => ({ outcome: 'not_sent' }));
    const body = await payment('free-1');
    expectProblem(await post('/api/payments/confirm', body, 'free'), 503, 'payment_provider_unavailable');
    expect((await post('/api/payments/confirm', body, 'free')).status).toBe(200);
  });

  it('gives the first answer even where a second would differ', async () => {
    provider.next.push(() => ({ outcome: 'unknown' }));
    const body = await payment('differ-1');
    const first = await post('/api/payments/confirm', body, 'differ');
    expect(first).toMatchObject({ status: 202, body: { result: { status: 'confirming' } } });
    const second = await post('/api/payments/confirm', body, 'differ');
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(second.headers.get('location')).toBe('/api/payments/differ-1');
    expect(second.headers.get('retry-after')).toBe('1');
  });

  it('is in flight while the process that claimed it may live, and then taken over by one', async () => {
    const body = await payment('lapsed-1');
    await shop.database.admin.raw(
      `INSERT INTO idempotency_keys
         (member_id, operation, idempotency_key, fingerprint, created_at, held_until)
       VALUES (1, 'POST /api/payments/confirm', 'lapsed', ?, NOW(6), ?)`,
      [fingerprintOf({ body }), new Date(Date.now() + 60_000).toISOString().slice(0, 23).replace('T', ' ')],
    );
    expectProblem(await post('/api/payments/confirm', body, 'lapsed'), 409, 'idempotency_in_flight');
    movedMs += HOUR_MS;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('/api/payments/confirm', body, 'lapsed')),
    );
    expect(
      answers.filter(({ status, headers }) => status === 200 && !headers.has('idempotency-replayed')),
    ).toHaveLength(1);
    expect(provider.confirmed.filter(({ paymentKey }) => paymentKey === 'lapsed-1')).toHaveLength(1);
  });

  it('is forgotten after a day, a few at a time', async () => {
    const context = { knex: shop.database.runtime, clock: () => new Date(Date.now() + movedMs) };
    const before = await count('idempotency_keys');
    expect(await sweep(context)).toEqual({});
    movedMs += 23 * HOUR_MS;
    await post('/api/check-out', CHECK_OUT, 'young');
    movedMs += 2 * HOUR_MS;
    expect(await sweep(context, { batch: 3 })).toEqual({ idempotency_keys: before });
    expect(await count('idempotency_keys')).toBe(1);
  });
});
