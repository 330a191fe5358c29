import { randomUUID } from 'node:crypto';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../src/http/idempotency/key.ts';
import { describeApi, routesServedIn } from '../../src/index.ts';
import { createAnswerCheck } from '../fuzz/answers.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { fillIn, operationsIn } from '../support/operations.ts';
import { openPaymentWindow } from '../support/payment-window.ts';
import { type Answer, CHECK_OUT, expectProblem, openShop, type Shop } from '../support/shop.ts';

const POSTS = operationsIn('sandbox').filter(({ method }) => method === 'POST');
const isKeyed = ({ operation }: (typeof POSTS)[number]) =>
  operation.parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
const TWINS = 12;

/** One request, of which twins are made. */
interface Made {
  readonly params?: readonly string[];
  readonly body?: object;
}
interface Case {
  /** A fresh one, which leaves nothing behind that an earlier one has left. */
  readonly make: () => Promise<Made> | Made;
  /** What would be another request under the same key; where there is no body, it is about another thing. */
  readonly other?: object;
  /** Rows that a request leaves behind: one. */
  readonly effects?: string;
  /** Whether the same twice, without a key, is the same once. */
  readonly isOneAnyway?: true;
}

describe('twins', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  const faultsOf = createAnswerCheck(describeApi('sandbox'));
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({ environment: { SANDBOX_URL: sandbox.url } });
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });

  const made = async (path: string, body?: unknown) => {
    const answer = await shop.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.result;
  };
  const window = async () => {
    const opened = { orderId: await shop.order(), amount: 38_000 };
    return { ...opened, paymentKey: await openPaymentWindow({ baseUrl: sandbox.url, ...opened }) };
  };
  const pay = async () => {
    const opened = await window();
    await made('/api/payments/confirm', opened);
    return opened.paymentKey;
  };
  const HOOK = { url: 'http://127.0.0.1:1/hooks' };
  const endpoint = async () => String((await made('/api/webhook-endpoints', HOOK)).endpointId);
  const delivery = async () => {
    const endpointId = await endpoint();
    await made(`/api/webhook-endpoints/${endpointId}/ping`);
    const { body } = await shop.call('GET', `/api/webhook-endpoints/${endpointId}/deliveries`);
    return [endpointId, String(body.result.items[0]?.deliveryId)];
  };
  const lastSeq = async () => {
    const [[row]] = await shop.database.admin.raw('SELECT MAX(seq) AS seq FROM outbox');
    return String(row.seq);
  };

  /** Every POST that takes a key stands here; a new one gets its row. */
  const KEYED: Readonly<Record<string, Case>> = {
    '/api/check-out': { make: () => ({ body: CHECK_OUT }), other: { seed: 'x' }, effects: 'orders' },
    '/api/payments/confirm': {
      make: async () => ({ body: await window() }),
      other: { seed: 'x' },
      effects: 'outbox',
      isOneAnyway: true,
    },
    '/test/confirm': {
      make: async () => ({ body: { orderId: await shop.order(), memberId: 7, amount: 38_000 } }),
      other: { memberId: 8 },
      effects: 'outbox',
      isOneAnyway: true,
    },
    '/api/payments/{paymentKey}/cancel': {
      make: async () => ({ params: [await pay()], body: { cancelReason: 'changed my mind' } }),
      other: { cancelAmount: 9_000 },
      effects: 'outbox',
      isOneAnyway: true,
    },
    '/api/orders/{orderId}/cancel': {
      make: async () => ({ params: [await shop.order()] }),
      effects: "orders WHERE status = 'cancelled'",
      isOneAnyway: true,
    },
    '/api/sellers/{sellerId}/kimchi': {
      make: () => ({
        params: ['1'],
        body: { name: '백김치 1kg', price: 12_000, category: 'cabbage', stock: 5 },
      }),
      other: { stock: 6 },
      effects: 'products',
    },
    '/api/webhook-endpoints': {
      make: () => ({ body: HOOK }),
      other: { url: 'http://127.0.0.1:1/other' },
      effects: 'webhook_endpoints',
    },
    '/api/webhook-endpoints/{endpointId}/rotate-secret': {
      make: async () => ({ params: [await endpoint()] }),
    },
    '/api/webhook-endpoints/{endpointId}/ping': {
      make: async () => ({ params: [await endpoint()] }),
      effects: 'webhook_deliveries',
    },
    '/api/webhook-endpoints/{endpointId}/replay': {
      make: async () => ({
        params: [(await pay()) && (await endpoint())],
        body: { fromSeq: await lastSeq() },
      }),
      other: { fromSeq: '1' },
      effects: 'webhook_deliveries',
      isOneAnyway: true,
    },
    '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver': {
      make: async () => ({ params: await delivery() }),
      isOneAnyway: true,
    },
    '/api/relay/replays': {
      make: async () => ({ body: { from: (await pay()) && (await lastSeq()) } }),
      other: { from: '1' },
      effects: 'replay_runs',
    },
  };

  const post = ({ path }: { path: string }, { params = [], body }: Made, key?: string): Promise<Answer> => {
    const left = [...params];
    const headers = key === undefined ? {} : { 'Idempotency-Key': key };
    return shop.call(
      'POST',
      fillIn(path, () => left.shift() ?? ''),
      body,
      headers,
    );
  };
  const count = async (from: string | undefined) => {
    if (from === undefined) return undefined;
    const [[row]] = await shop.database.admin.raw(`SELECT COUNT(*) AS count FROM ${from}`);
    return Number(row.count);
  };
  const caseOf = ({ path }: { path: string }) => {
    const one = KEYED[path];
    if (one === undefined) throw new Error(`${path} takes a key, and has no row in KEYED.`);
    return one;
  };
  const faultsIn = (path: string, answers: readonly Answer[]) =>
    answers.flatMap(({ status, headers, body }) =>
      faultsOf(path, 'post', {
        status,
        headers: Object.fromEntries(headers),
        text: body === undefined ? '' : JSON.stringify(body),
      }),
    );
  const told = ({ status, headers, body }: Answer) => ({ status, body, location: headers.get('location') });

  describe.each(POSTS.filter(isKeyed))('of $name', (operation) => {
    it('with one key have one effect and one answer, as do those that come later', async () => {
      const { make, effects } = caseOf(operation);
      const request = await make();
      const before = await count(effects);
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: TWINS }, () => post(operation, request, key)));
      const answered = answers.filter(({ status }) => status < 300);
      const firsts = answered.filter(({ headers }) => !headers.has('idempotency-replayed'));
      expect(firsts).toHaveLength(1);
      const first = told(firsts[0] as Answer);
      for (const answer of answered) expect(told(answer)).toEqual(first);
      const refused = answers.filter(({ status }) => status >= 300);
      for (const answer of refused) expectProblem(answer, 409, 'idempotency_in_flight');
      if (before !== undefined) expect(await count(effects)).toBe(before + 1);
      const late = await post(operation, request, key);
      expect(told(late)).toEqual(first);
      expect(late.headers.get('idempotency-replayed')).toBe('true');
      expect(faultsIn(operation.path, [...answers, late])).toEqual([]);
      if (before !== undefined) expect(await count(effects)).toBe(before + 1);
    });

    it('of whom one says something else are told so, and do nothing', async () => {
      const { make, other, effects } = caseOf(operation);
      const request = await make();
      const another =
        other === undefined ? await make() : { ...request, body: { ...request.body, ...other } };
      const key = randomUUID();
      expect((await post(operation, request, key)).status).toBeLessThan(300);
      const before = await count(effects);
      expectProblem(await post(operation, another, key), 422, 'idempotency_conflict');
      expect(await count(effects)).toBe(before);
    });

    it('are told to wait while the first is under way', async () => {
      const { make, effects } = caseOf(operation);
      const request = await make();
      const key = randomUUID();
      const before = await count(effects);
      const letGo = await holdKey(operation, request, key);
      try {
        const waiting = await post(operation, request, key);
        expectProblem(waiting, 409, 'idempotency_in_flight');
        expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await count(effects)).toBe(before);
      } finally {
        await letGo();
      }
      expect((await post(operation, request, key)).status).toBeLessThan(300);
    });

    it('without a key are each their own, or one where they cannot be two', async () => {
      const { make, effects, isOneAnyway } = caseOf(operation);
      const request = await make();
      const before = (await count(effects)) ?? 0;
      const answers = await Promise.all(Array.from({ length: TWINS }, () => post(operation, request)));
      expect(faultsIn(operation.path, answers)).toEqual([]);
      const done = answers.filter(({ status }) => status < 300);
      expect(done.length).toBeGreaterThan(0);
      if (effects === undefined) return;
      // A replay is one at a time, and the next may begin when the first has ended.
      expect(await count(effects)).toBe(before + (isOneAnyway === true ? 1 : done.length));
    });
  });

  /** As if the first request were under way: in its transaction, or between two. */
  async function holdKey(
    { path }: { path: string },
    { params = [], body }: Made,
    key: string,
  ): Promise<() => Promise<void>> {
    const route = routesServedIn('sandbox').find((one) => one.path === path && one.method === 'post');
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const given = Object.fromEntries(names.map((name, index) => [name, params[index]]));
    const parsed = {
      params: route?.params?.parse(given),
      query: route?.query?.parse({}),
      body,
    };
    const isAround = route?.idempotency === 'around';
    const until = isAround ? '2099-01-01 00:00:00' : null;
    const trx = await shop.database.admin.transaction();
    await trx.raw(
      `INSERT INTO idempotency_keys (member_id, operation, idempotency_key, fingerprint, created_at, held_until)
       VALUES (1, ?, ?, ?, NOW(6), ?)`,
      [`POST ${path}`, key, fingerprintOf(parsed), until],
    );
    if (!isAround) return async () => void (await trx.rollback());
    await trx.commit();
    return async () => {
      await shop.database.admin.raw('DELETE FROM idempotency_keys WHERE idempotency_key = ?', [key]);
    };
  }

  describe('of a POST that takes no key', () => {
    /** Every such POST stands here, and what its twins do. */
    const UNKEYED: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
      async '/webhooks/toss'() {
        const paymentKey = await pay();
        const answers = await Promise.all(
          Array.from({ length: TWINS }, () => shop.call('POST', '/webhooks/toss', { data: { paymentKey } })),
        );
        for (const { status } of answers) expect([200, 429]).toContain(status);
        const payment = await shop.call('GET', `/api/payments/${paymentKey}`);
        expect(payment.body.result).toMatchObject({ status: 'done', amount: 38_000, refunded: 0 });
      },
      async '/api/log-out'(browser) {
        const copy = browser.copy();
        const me = await browser.get('/api/me');
        const headers = { 'X-CSRF-Token': me.body.result.csrfToken, Origin: shop.api.url };
        const answers = await Promise.all(
          Array.from({ length: TWINS }, () =>
            browser.copy().send('POST', '/api/log-out', undefined, headers),
          ),
        );
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
        expectProblem(await copy.get('/api/me'), 401, 'credentials_invalid');
      },
      async '/api/me/identities/{provider}'(browser) {
        const answers = await Promise.all(
          Array.from({ length: TWINS }, () =>
            browser.copy().send('POST', '/api/me/identities/kakao', { returnTo: '/' }),
          ),
        );
        const states = answers.map(({ body }) => new URL(body.result.authorizeUrl).searchParams.get('state'));
        expect(new Set(states).size).toBe(TWINS);
      },
      async '/api/me/tokens'(browser) {
        const { memberId } = (await browser.get('/api/me')).body.result;
        const have = Array.from({ length: 98 }, (_, index) => [
          Buffer.from(`${index}`.padEnd(32)),
          memberId,
          'x',
          'x',
          'buyer',
          '2026-01-01',
        ]);
        await shop.database.admin.raw(
          'INSERT INTO api_tokens (token_digest, member_id, name, hint, roles, created_at) VALUES ?',
          [have] as never,
        );
        const answers = await Promise.all(
          Array.from({ length: TWINS }, () =>
            browser.copy().send('POST', '/api/me/tokens', { name: 'mine' }),
          ),
        );
        const tokens = answers.filter(({ status }) => status === 201).map(({ body }) => body.result.token);
        expect(new Set(tokens).size).toBe(2);
        for (const answer of answers.filter(({ status }) => status !== 201))
          expectProblem(answer, 409, 'token_limit');
      },
    };

    it.each(POSTS.filter((one) => !isKeyed(one)))('$name', async ({ path }) => {
      const browser = openBrowser(shop);
      await browser.logIn('naver', 'minjun');
      const prove = UNKEYED[path];
      if (prove === undefined) throw new Error(`${path} takes no key, and has no row in UNKEYED.`);
      await prove(browser);
    });
  });
});
