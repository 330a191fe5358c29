import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { read, rowsOf, wordOf } from '../../../scripts/docs/pages.ts';
import { ShopError } from '../src/errors.ts';
import type { Credentials } from '../src/index.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, PRODUCTION, type Shop } from './support/shop.ts';

/** The header says who calls: nobody, somebody by a token that is not good, somebody without a role, or an operator. */
const credentials: Credentials = {
  readCaller(request) {
    const who = request.get('X-Test-Caller');
    if (who === 'bad') throw new ShopError('credentials_invalid', 'No.');
    if (who === undefined) return undefined;
    return { memberId: who === 'often' ? 2 : 1, roles: who === 'buyer' ? ['buyer'] : ['operator'] };
  },
};

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

const LARGE = Buffer.from(`{"from": "${'x'.repeat(65_536)}"`);
/** Everything that can be wrong with a request at once, and what mends one after the other, in the order in which it is refused. */
const WRONG: Request = {
  method: 'DELETE',
  path: '/api/relay/replay',
  headers: { 'X-Test-Caller': 'bad', 'Content-Type': 'text/plain', 'Idempotency-Key': 'an unsound key' },
  body: undefined,
};
const FAULTS: readonly (readonly [string, number, (request: Request) => Request])[] = [
  ['route_unknown', 404, (request) => ({ ...request, path: '/api/relay/replays' })],
  ['method_not_allowed', 405, (request) => ({ ...request, method: 'POST' })],
  ['credentials_invalid', 401, ({ headers, ...request }) => ({ ...request, headers: without(headers) })],
  ['credentials_missing', 401, (request) => as('buyer', request)],
  ['role_missing', 403, (request) => as('often', request)],
  ['rate_limited', 429, (request) => as('operator', request)],
  ['body_missing', 400, (request) => ({ ...request, body: LARGE })],
  [
    'media_type_unsupported',
    415,
    ({ headers, ...request }) => ({
      ...request,
      headers: { ...headers, 'Content-Type': 'application/json' },
    }),
  ],
  ['body_too_large', 413, (request) => ({ ...request, body: '{"from": "last week"' })],
  ['json_malformed', 400, (request) => ({ ...request, body: '{"from": "last week"}' })],
  [
    'request_invalid',
    400,
    ({ headers, ...request }) => ({ ...request, headers: { ...headers, 'Idempotency-Key': 'used' } }),
  ],
  [
    'idempotency_conflict',
    422,
    ({ headers, ...request }) => ({ ...request, headers: { ...headers, 'Idempotency-Key': 'fresh' } }),
  ],
  ['replay_malformed', 400, (request) => ({ ...request, body: '{"from": "1"}' })],
];

function without({ 'X-Test-Caller': _, ...headers }: Readonly<Record<string, string>>) {
  return headers;
}

function as(caller: string, request: Request): Request {
  return { ...request, headers: { ...request.headers, 'X-Test-Caller': caller } };
}

describe('the order in which a request is refused', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      provider: fakeProvider(),
      credentials,
      environment: { ...PRODUCTION, REQUESTS_PER_MINUTE: '40' },
    });
    const operator = { 'X-Test-Caller': 'operator' };
    const { body } = await shop.call('POST', '/api/check-out', CHECK_OUT, operator);
    const payment = { paymentKey: 'first', orderId: body.result.orderId, amount: 38_000 };
    await shop.call('POST', '/api/payments/confirm', payment, operator);
    const used = { ...operator, 'Idempotency-Key': 'used' };
    expect((await shop.call('POST', '/api/relay/replays', { from: '1' }, used)).status).toBe(202);
    const often = { 'X-Test-Caller': 'often' };
    for (let count = 0; count < 41; count++) await shop.call('GET', '/api/relay/status', undefined, often);
  });
  afterAll(() => shop.close());

  it('is that of the table', async () => {
    let request = WRONG;
    const refusals: [string, number][] = [];
    for (const [, , mend] of FAULTS) {
      const { method, path, headers, body } = request;
      const response = await fetch(shop.api.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      });
      refusals.push([((await response.json()) as { code: string }).code, response.status]);
      request = mend(request);
    }
    expect(refusals).toEqual(FAULTS.map(([code, status]) => [code, status]));
  });

  it('is documented', () => {
    const [, table = ''] = read('docs/reference/http.md').split('## In which order a request is refused');
    const documented = rowsOf(table.split('\n## ')[0] ?? '').map(([code]) => wordOf(code));
    expect(documented).toEqual(FAULTS.map(([code]) => code).slice(0, -1));
  });
});
