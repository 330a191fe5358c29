import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, expectProblem, openShop, type Shop } from './support/shop.ts';

const ORIGIN = 'https://shop.example';

describe('hostile requests', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), environment: { CORS_ORIGINS: ORIGIN } });
  });
  afterAll(() => shop.close());

  const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const send = async (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${shop.api.url}/api/check-out`, {
      method: 'POST',
      body: bytes,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    const body = await response.json();
    return { status: response.status, headers: response.headers, body };
  };

  it.each([
    ['32,000 levels', nested(32_000)],
    ['33 levels', nested(32)],
    ['32,000 open brackets', '['.repeat(32_000)],
  ])('refuses JSON of %s', async (_name, text) => {
    const headers = { 'Idempotency-Key': 'deep' };
    expectProblem(await shop.call('POST', '/api/check-out', text, headers), 400, 'json_malformed');
  });

  it('minds no brackets in a text', async () => {
    const body = { ...CHECK_OUT, seed: '[{'.repeat(1_000) };
    expect((await shop.call('POST', '/api/check-out', body)).status).toBe(200);
  });

  it('refuses a body that is not in UTF-8, in whatever way', async () => {
    const latin = Buffer.concat([Buffer.from('{"seed":"'), Buffer.from([0xe9, 0xff]), Buffer.from('"}')]);
    expectProblem(await send(new Uint8Array(latin)), 400, 'json_malformed');
    const wide = new Uint8Array(Buffer.from('{}', 'utf16le'));
    const asWide = { 'Content-Type': 'application/json; charset=utf-16' };
    expectProblem(await send(wide, asWide), 415, 'media_type_unsupported');
  });

  it('reads a gzipped body, and no more of it than of a plain one', async () => {
    const zip = (text: string) => new Uint8Array(gzipSync(text));
    const packed = { 'Content-Encoding': 'gzip' };
    expect((await send(zip(JSON.stringify(CHECK_OUT)), packed)).status).toBe(200);
    expectProblem(await send(zip(`{"seed":"${'x'.repeat(10_000_000)}"}`), packed), 413, 'body_too_large');
    expectProblem(await send(zip('{}').slice(0, 12), packed), 400, 'request_invalid');
    const unknown = { 'Content-Encoding': 'pack200' };
    expectProblem(await send(zip('{}'), unknown), 415, 'media_type_unsupported');
  });

  it('takes nothing from a prototype', async () => {
    const body = `{"__proto__":{"cartId":1},"constructor":{"prototype":{"x":1}},"kimchiIds":[1],"buyerId":1}`;
    expectProblem(await shop.call('POST', '/api/check-out', body), 400, 'request_invalid');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it.each([
    ['GET', '/api/check-out', { 'X-HTTP-Method-Override': 'POST' }, 405, 'method_not_allowed'],
    [
      'POST',
      '/api/orders/order-1?_method=GET',
      { 'X-HTTP-Method-Override': 'GET' },
      405,
      'method_not_allowed',
    ],
    ['TRACE', '/api/check-out', {}, 405, 'method_not_allowed'],
    ['PROPFIND', '/api/check-out', {}, 405, 'method_not_allowed'],
    ['GET', '/API/orders/order-1', {}, 404, 'route_unknown'],
    ['GET', '//api/orders/order-1', {}, 404, 'route_unknown'],
    ['GET', '/api/orders/..%2f..%2fetc%2fpasswd', {}, 400, 'request_invalid'],
    ['GET', '/api/orders/%00', {}, 400, 'request_invalid'],
    ['GET', `/api/orders/order-1'%20OR%20'1'='1`, {}, 400, 'request_invalid'],
    ['GET', '/api/orders/order-1%0d%0aSet-Cookie:%20a=b', {}, 400, 'request_invalid'],
    ['GET', '/api/sellers/1%20UNION%20SELECT%201/wallet', {}, 400, 'request_invalid'],
    ['GET', '/api/sellers/__proto__/wallet', {}, 400, 'request_invalid'],
    ['GET', '/problems/__proto__', {}, 404, 'route_unknown'],
    ['GET', '/api/reports/trial-balance?__proto__[asOf]=x', {}, 400, 'request_invalid'],
    ['GET', '/api/reports/trial-balance?asOf[a]=2026-01-31', {}, 400, 'request_invalid'],
  ])('answers %s %s as any other', async (method, path, headers, status, code) => {
    const answer = await raw(`${method} ${path} HTTP/1.1`, headers);
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
    expect(answer.head).not.toMatch(/^set-cookie/im);
  });

  it.each([
    ['no HTTP at all', 'hello', 400, 'request_invalid'],
    ['a header with a stray line end', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d', 400, 'request_invalid'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2',
      400,
      'request_invalid',
    ],
    [
      'a length and chunks at once',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked',
      400,
      'request_invalid',
    ],
    [
      'headers beyond 16 KiB',
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(20_000)}`,
      431,
      'headers_too_large',
    ],
  ])('answers %s with a problem, and hangs up', async (_name, head, status, code) => {
    const answer = await raw(head);
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
    expect(answer.head).toMatch(/^content-type: application\/problem\+json/im);
  });

  it('lets pages of the origins that were named call, and of no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${shop.api.url}/api/check-out`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const named = await preflight(ORIGIN);
    expect(named.status).toBe(204);
    expect(named.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const read = await fetch(`${shop.api.url}/health/live`, { headers: { Origin: ORIGIN } });
    expect(read.headers.get('access-control-expose-headers')).toContain('Idempotency-Replayed');
  });

  it('counts what each caller asks for, and says when it is too much', async () => {
    const other = await openShop({ provider: fakeProvider(), environment: { REQUESTS_PER_MINUTE: '3' } });
    try {
      for (const left of [2, 1, 0]) {
        const { headers } = await other.call('GET', '/api/payments/none');
        expect(headers.get('ratelimit')).toMatch(new RegExp(`^"minute";r=${left};t=(60|59)$`));
        expect(headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60');
      }
      const refused = await other.call('GET', '/api/payments/none');
      expectProblem(refused, 429, 'rate_limited');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
      expect((await other.call('GET', '/health/live')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('explains each problem where its type leads, to programs and to people', async () => {
    const { body: problem } = await shop.call('GET', '/api/orders/none-1');
    const { body } = await shop.call('GET', problem.type);
    expect(body.result).toEqual({
      code: 'order_unknown',
      status: 404,
      title: 'No such order',
      retryAfterSeconds: null,
      when: 'there is no such order',
      whatToDo: 'check orderId',
    });
    const page = await fetch(shop.api.url + problem.type, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<h1>No such order</h1>');
  });

  /** What a client sends that minds no rules. */
  async function raw(head: string, headers: Record<string, string> = {}) {
    const lines = Object.entries(headers).map(([name, value]) => `\r\n${name}: ${value}`);
    const hasHost = head.includes('\r\n') || !head.includes('HTTP/1.1');
    const text = await exchange(
      `${head}${hasHost ? '' : '\r\nHost: x\r\nConnection: close'}${lines.join('')}\r\n\r\n`,
    );
    const [answerHead = '', ...rest] = text.split('\r\n\r\n');
    const body = JSON.parse(rest.join('\r\n\r\n')) as Record<string, unknown>;
    return { status: Number(answerHead.split(' ')[1]), head: answerHead, body };
  }

  function exchange(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(shop.api.port, '127.0.0.1', () => socket.write(request));
      socket.setEncoding('utf8');
      socket.setTimeout(5_000, () => socket.destroy(new Error('It hung.')));
      socket.on('data', (chunk: string) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
  }
});
