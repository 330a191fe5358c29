import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../src/http/idempotency/key.ts';
import { sweepKeys } from '../src/http/idempotency/sweep.ts';
import { type Credentials, describeApi } from '../src/index.ts';
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

interface Case {
  /** As the document has it. */
  readonly path: string;
  /** What stands in the place of each `{…}` of the path, in their order. */
  readonly params?: () => Promise<readonly string[]>;
  readonly body: () => Promise<unknown>;
  /** What makes it another request; a route without a body has none. */
  readonly other?: object;
  /** Counts what the request leaves behind. */
  readonly effects: string;
}

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

  /** Every POST that takes a key stands here; a new one gets its row. */
  const CASES: readonly Case[] = [
    { path: '/api/check-out', body: async () => CHECK_OUT, other: { seed: 'x' }, effects: 'orders' },
    {
      path: '/api/payments/confirm',
      body: () => payment('twins-1'),
      other: { seed: 'x' },
      effects: 'outbox',
    },
    {
      path: '/api/relay/replays',
      body: async () => ({ from: '1' }),
      other: { from: '2' },
      effects: 'replay_runs',
    },
    {
      path: '/api/orders/{orderId}/cancel',
      params: async () => [await shop.order()],
      body: async () => undefined,
      effects: "orders WHERE status = 'cancelled'",
    },
    {
      path: '/api/sellers/{sellerId}/kimchi',
      params: async () => ['1'],
      body: async () => ({ name: '백김치 1kg', price: 12_000, category: 'cabbage', stock: 5 }),
      other: { stock: 6 },
      effects: 'products',
    },
    {
      path: '/api/webhook-endpoints',
      body: async () => ({ url: 'http://127.0.0.1:1/hooks' }),
      other: { url: 'http://127.0.0.1:1/other' },
      effects: 'webhook_endpoints',
    },
    {
      path: '/api/webhook-endpoints/{endpointId}/ping',
      params: async () => [await endpoint()],
      body: async () => undefined,
      effects: 'webhook_deliveries',
    },
    {
      path: '/api/webhook-endpoints/{endpointId}/rotate-secret',
      params: async () => [await endpoint()],
      body: async () => undefined,
      effects: '(SELECT 1) AS nothing_more',
    },
  ];
  /** What needs a provider that answers, or deliveries to repeat: their own tests have it. */
  const ELSEWHERE = [
    '/test/confirm',
    '/api/payments/{paymentKey}/cancel',
    '/api/webhook-endpoints/{endpointId}/replay',
    '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
  ];
  const endpoint = async (): Promise<string> => {
    const { body } = await shop.call('POST', '/api/webhook-endpoints', { url: 'http://127.0.0.1:1/hooks' });
    return String(body.result.endpointId);
  };

  it('is tried with every POST that takes one', () => {
    const posts = Object.entries(describeApi('sandbox').paths).filter(([, { post }]) =>
      post?.parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey'),
    );
    const tried = [...CASES.map(({ path }) => path), ...ELSEWHERE];
    expect(posts.map(([path]) => path).filter((path) => !tried.includes(path))).toEqual([]);
  });

  it.each(CASES)('makes one of twelve twins at once: $path', async (one) => {
    const params = [...((await one.params?.()) ?? [])];
    const path = one.path.replaceAll(/\{\w+\}/g, () => params.shift() ?? '');
    const given = await one.body();
    const before = await count(one.effects);
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(path, given, 'twins')));
    const answered = answers.filter(({ status }) => status < 300);
    const firsts = answered.filter(({ headers }) => !headers.has('idempotency-replayed'));
    expect(firsts).toHaveLength(1);
    for (const { body } of answered) expect(body).toEqual(firsts[0]?.body);
    for (const answer of answers)
      if (answer.status >= 300) expectProblem(answer, 409, 'idempotency_in_flight');
    expect(await count(one.effects)).toBe(before + (one.path.endsWith('rotate-secret') ? 0 : 1));
    const late = await post(path, given, 'twins');
    expect({ ...late, headers: late.headers.get('location') }).toEqual({
      ...firsts[0],
      headers: firsts[0]?.headers.get('location'),
    });
    if (one.other === undefined) return;
    const another = { ...(given as object), ...one.other };
    expectProblem(await post(path, another, 'twins'), 422, 'idempotency_conflict');
  });

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
    expect(await sweepKeys(context)).toBe(0);
    movedMs += 23 * HOUR_MS;
    await post('/api/check-out', CHECK_OUT, 'young');
    movedMs += 2 * HOUR_MS;
    expect(await sweepKeys(context, 3)).toBe(before);
    expect(await count('idempotency_keys')).toBe(1);
    const [[plan]] = await shop.database.runtime.raw(
      `EXPLAIN FORMAT=TRADITIONAL DELETE FROM idempotency_keys WHERE created_at < NOW() ORDER BY created_at LIMIT 3`,
    );
    expect(plan.key).toBe('idempotency_keys_age');
  });
});
