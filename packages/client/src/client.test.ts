import { describe, expect, it } from '@jest/globals';
import { type ClientOptions, createClient, isApiError } from './index.ts';

const BUSY = {
  status: 503,
  problem: { code: 'database_busy', detail: 'The database is busy; try again.', instance: 'r-1' },
};
const PLACED = { status: 200, result: { orderId: 'o-1' } };
const BODY = { cartId: 1 };

describe('the client', () => {
  it('gives the result of an answer, and asks as the document has it', async () => {
    const { client, requests } = clientOf([PLACED], { token: 'secret', headers: () => ({ 'X-More': '1' }) });
    const order = await client.get('/api/orders/{orderId}', { params: { orderId: 'a/b?c' } });
    expect(order).toEqual(PLACED.result);
    expect(requests).toEqual([
      {
        url: 'http://api.example/api/orders/a%2Fb%3Fc',
        method: 'GET',
        headers: { accept: expect.any(String), authorization: 'Bearer secret', 'x-more': '1' },
      },
    ]);
  });

  it('leaves out what of a query is undefined', async () => {
    const { client, requests } = clientOf([PLACED]);
    await client.get('/api/kimchi', { query: { q: '배추 & 무', category: undefined, limit: 5 } });
    expect(requests[0]?.url).toBe('http://api.example/api/kimchi?q=%EB%B0%B0%EC%B6%94+%26+%EB%AC%B4&limit=5');
  });

  it.each(['', '.', '..'])('does not let %j lead from one route to another', async (orderId) => {
    const { client, requests } = clientOf([]);
    await expect(client.get('/api/orders/{orderId}', { params: { orderId } })).rejects.toThrow(TypeError);
    expect(requests).toEqual([]);
  });

  it('sends a POST again with the key that it had, and another POST with another', async () => {
    const { client, requests } = clientOf(['lost', BUSY, PLACED, PLACED]);
    await client.post('/api/check-out', { body: BODY });
    await client.post('/api/check-out', { body: BODY });
    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.not.stringMatching(keys[0] ?? '')]);
  });

  it('takes a key that is given, and hands back the one with which the act can be tried again', async () => {
    const { client, requests } = clientOf(['lost', 'lost', 'lost']);
    const failed = client.post('/api/check-out', { body: BODY, idempotencyKey: 'order-7' });
    await expect(failed).rejects.toMatchObject({
      code: 'unreachable',
      status: 0,
      idempotencyKey: 'order-7',
      cause: expect.any(TypeError),
    });
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(3).fill('order-7'));
  });

  it('waits for the first attempt where that is under way yet', async () => {
    const inFlight = { status: 409, problem: { code: 'idempotency_in_flight', detail: 'Under way.' } };
    const { client } = clientOf(['lost', inFlight, PLACED]);
    expect(await client.post('/api/check-out', { body: BODY })).toEqual(PLACED.result);
  });

  it.each([
    ['a POST that has no key', (client: Calls) => client.post('/api/me/tokens', { body: { name: 'n' } })],
    [
      'a PATCH',
      (client: Calls) =>
        client.patch('/api/webhook-endpoints/{endpointId}', {
          params: { endpointId: 'e' },
          body: { status: 'disabled' },
        }),
    ],
  ])('does not send %s again, unless it came to nothing', async (_what, call) => {
    const lost = clientOf(['lost', PLACED]);
    await expect(call(lost.client)).rejects.toMatchObject({ code: 'unreachable' });
    expect(lost.requests).toHaveLength(1);
    const tooMany = { status: 429, problem: { code: 'rate_limited', detail: 'Too many.' } };
    const limited = clientOf([tooMany, PLACED]);
    await call(limited.client);
    expect(limited.requests).toHaveLength(2);
  });

  it('does not try again what was refused for good, and says all that the API said', async () => {
    const problem = {
      code: 'stock_insufficient',
      detail: 'Less is left.',
      instance: 'r-9',
      kimchiId: 3,
    };
    const { client, requests } = clientOf([{ status: 409, problem }, PLACED]);
    const error = await client.post('/api/check-out', { body: BODY }).catch((caught: unknown) => caught);
    if (!isApiError(error, 'stock_insufficient', 'cart_empty')) throw error;
    expect({ ...error, message: error.message }).toMatchObject({
      message: 'Less is left.',
      status: 409,
      requestId: 'r-9',
      problem: { kimchiId: 3 },
    });
    expect(isApiError(error, 'cart_empty')).toBe(false);
    expect(requests).toHaveLength(1);
  });

  it('tells what is not from the API from what is', async () => {
    const { client } = clientOf([
      { status: 200, text: '<html>Log in to the network</html>' },
      { status: 404, text: '<html>' },
    ]);
    await expect(client.get('/api/me')).rejects.toMatchObject({ code: 'unreadable', status: 200 });
    await expect(client.get('/api/me')).rejects.toMatchObject({ code: 'unreadable', status: 404 });
  });

  it('gives up at once where it is told to wait for longer than it may', async () => {
    const busy = { ...BUSY, headers: { 'Retry-After': '60' } };
    const { client, requests } = clientOf([busy, PLACED], { longestPauseMs: 5_000 });
    await expect(client.get('/api/me')).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(requests).toHaveLength(1);
  });

  it('ends with the reason of its caller, in a call and in a pause', async () => {
    const reason = new Error('gone elsewhere');
    const leaving = new AbortController();
    const { client } = clientOf([{ ...BUSY, headers: { 'Retry-After': '5' } }], {
      longestPauseMs: 60_000,
      afterwards: () => queueMicrotask(() => leaving.abort(reason)),
    });
    await expect(client.get('/api/me', { signal: leaving.signal })).rejects.toBe(reason);
    await expect(client.get('/api/me', { signal: leaving.signal })).rejects.toBe(reason);
  });

  it('takes an answer that does not come in time for none', async () => {
    const { client } = clientOf(['never'], { timeoutMs: 10, retries: 0 });
    await expect(client.get('/api/me')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('10 ms'),
    });
  });

  it('goes from page to page, and no further than it is asked', async () => {
    const pages = [
      { status: 200, result: { items: [{ orderId: 'a' }, { orderId: 'b' }], nextCursor: 'c-1' } },
      { status: 200, result: { items: [{ orderId: 'c' }], nextCursor: null } },
    ];
    const whole = clientOf(pages);
    const found: string[] = [];
    for await (const { orderId } of whole.client.list('/api/orders', { query: { status: 'paid' } }))
      found.push(orderId);
    expect(found).toEqual(['a', 'b', 'c']);
    expect(whole.requests.map(({ url }) => url)).toEqual([
      'http://api.example/api/orders?status=paid',
      'http://api.example/api/orders?status=paid&cursor=c-1',
    ]);
    const first = clientOf(pages);
    for await (const _ of first.client.list('/api/orders')) break;
    expect(first.requests).toHaveLength(1);
  });

  it('says whether an answer was given before', async () => {
    const again = { ...PLACED, headers: { 'Idempotency-Replayed': 'true', 'X-Request-Id': 'r-2' } };
    const { client } = clientOf([again, PLACED]);
    const answer = await client.send('post', '/api/check-out', { body: BODY });
    expect(answer).toMatchObject({ status: 200, requestId: 'r-2', isReplay: true, result: PLACED.result });
    expect((await client.send('post', '/api/check-out', { body: BODY })).isReplay).toBe(false);
  });
});

type Calls = ReturnType<typeof createClient>;

/** How one request goes: it is lost, never answered, or answered so. */
type Fate =
  | 'lost'
  | 'never'
  | {
      readonly status: number;
      readonly result?: unknown;
      readonly problem?: { readonly code: string; readonly detail: string; readonly instance?: string };
      readonly text?: string;
      readonly headers?: Record<string, string>;
    };

interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
}

/** A client that pauses for no time, over an API that has these answers in this order. */
function clientOf(
  fates: readonly Fate[],
  { afterwards, ...options }: Partial<ClientOptions> & { readonly afterwards?: () => void } = {},
) {
  const requests: Request[] = [];
  const fetch: ClientOptions['fetch'] = async (url, { method = '', headers, signal } = {}) => {
    signal?.throwIfAborted();
    const fate = fates[requests.length];
    requests.push({ url: String(url), method, headers: Object.fromEntries(new Headers(headers)) });
    if (fate === undefined) throw new Error('One request more than was foreseen.');
    if (fate === 'lost') throw new TypeError('fetch failed');
    if (fate === 'never') return new Promise((_, reject) => whenAborted(signal, reject));
    const { status, result, problem, text, headers: more } = fate;
    const body = text ?? JSON.stringify(problem ?? { result });
    afterwards?.();
    const id = problem?.instance === undefined ? {} : { 'X-Request-Id': problem.instance };
    return new Response(body, { status, headers: { ...id, ...more } });
  };
  const client = createClient({ baseUrl: 'http://api.example/', longestPauseMs: 0, fetch, ...options });
  return { client, requests };
}

function whenAborted(signal: AbortSignal | null | undefined, reject: (reason: unknown) => void): void {
  signal?.addEventListener('abort', () => reject(signal.reason));
}
