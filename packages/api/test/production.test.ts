import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { changeRole } from '../src/members/change-role.ts';
import { decideAt, openBrowser } from './support/browser.ts';
import { openProduction, type ProductionShop } from './support/production.ts';
import { expectProblem, PRODUCTION, type Shop } from './support/shop.ts';

const HERE = PRODUCTION.PUBLIC_URL;
const SESSION = '__Host-jangbu-session';

describe('production mode', () => {
  let production: ProductionShop;
  let shop: Shop;
  let logIn: ProductionShop['logIn'];
  const logged: string[] = [];
  beforeAll(async () => {
    production = await openProduction({
      log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    });
    ({ shop, logIn } = production);
  });
  afterAll(() => production.close());

  it('lets in who logs in, with cookies that are bound to the host and to TLS', async () => {
    const browser = openBrowser(shop);
    const answer = await logIn(browser, 'naver', 'minjun');
    expect(answer.status).toBe(303);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-jangbu-session=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const me = await browser.get('/api/me');
    expect(me.body.result).toMatchObject({ name: '민준', roles: ['buyer'] });
    const post = (headers: Record<string, string>) =>
      shop.call(
        'POST',
        '/api/me/tokens',
        { name: 'mine' },
        {
          Cookie: `${SESSION}=${browser.cookies.get(SESSION)}`,
          'X-CSRF-Token': me.body.result.csrfToken,
          ...headers,
        },
      );
    expect((await post({ Origin: HERE })).status).toBe(201);
    expectProblem(await post({ Origin: shop.api.url }), 403, 'request_forged');
  });

  it('binds Kakao’s code to the address that was asked for', async () => {
    expectProblem(await logIn(openBrowser(shop), 'kakao', 'minjun'), 400, 'log_in_code_invalid');
  });

  it('knows nobody without credentials, and nothing of the sandbox', async () => {
    for (const path of ['/api/me', '/api/orders', '/api/relay/status', '/api/reports/trial-balance']) {
      expectProblem(await shop.call('GET', path), 401, 'credentials_missing');
    }
    expectProblem(await shop.call('POST', '/test/confirm', {}), 404, 'route_unknown');
    const plain = { Cookie: `jangbu-session=${'A'.repeat(43)}` };
    expectProblem(await shop.call('GET', '/api/me', undefined, plain), 401, 'credentials_missing');
  });

  it('gives each route to who has its role', async () => {
    const browser = openBrowser(shop);
    await logIn(browser, 'naver', 'jiho');
    const { memberId } = (await browser.get('/api/me')).body.result;
    const paths = {
      accountant: '/api/reports/trial-balance',
      operator: '/api/relay/status',
      seller: '/api/sellers/3/wallet',
    };
    for (const path of Object.values(paths)) expectProblem(await browser.get(path), 403, 'role_missing');
    for (const role of ['accountant', 'operator', 'seller'] as const) {
      const change = { memberId, role, sellerId: role === 'seller' ? 3 : null, action: 'granted' } as const;
      const context = { knex: shop.database.runtime, clock: () => new Date() };
      await changeRole(context, change, { by: 'test', reason: 'test' });
      await logIn(browser, 'naver', 'jiho');
      expect((await browser.get(paths[role])).status).toBe(200);
    }
  });

  it('logs neither tokens, codes, cookies nor names', async () => {
    logged.length = 0;
    const browser = openBrowser(shop);
    const { headers } = await browser.get('/auth/naver');
    const asked = new URL(headers.get('location') ?? '');
    asked.searchParams.set('redirect_uri', 'http://127.0.0.1/auth/naver/callback');
    const back = new URL(await decideAt(asked.href, { person: 'seoyeon' }));
    await browser.get(back.pathname + back.search);
    const me = (await browser.get('/api/me')).body.result;
    const failed = openBrowser(shop);
    const kakaoAsked = new URL((await failed.get('/auth/kakao')).headers.get('location') ?? '');
    const state = kakaoAsked.searchParams.get('state') ?? '';
    const wrongCode = 'a-code-that-kakao-repeats';
    await failed.get(`/auth/kakao/callback?code=${wrongCode}&state=${state}`);
    await shop.call('GET', '/api/me', undefined, { Authorization: 'Bearer jbt_secret' });
    const text = logged.join('');
    expect(text).toContain('A log-in provider failed');
    expect(text).toContain('KOE');
    const secrets = [
      ...browser.cookies.values(),
      ...failed.cookies.values(),
      back.searchParams.get('code'),
      back.searchParams.get('state'),
      state,
      wrongCode,
      me.csrfToken,
      me.name,
      'jbt_secret',
      '이서연',
      'seoyeon',
      '@sandbox',
    ];
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(text).not.toContain(secret);
    }
  });
});
