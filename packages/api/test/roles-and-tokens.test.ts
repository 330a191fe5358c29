import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, openBrowser } from './support/browser.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const DAY_MS = 24 * 3_600_000;

describe('members', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let operator: Browser;
  let browser: Browser;
  let memberId: number;
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, clock });
    shop = await openShop({ environment: { SANDBOX_URL: sandbox.url }, clock });
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });
  beforeEach(async () => {
    ahead = 0;
    await shop.database.admin.raw('DELETE FROM member_roles WHERE member_id > 1000');
    await shop.database.admin.raw('DELETE FROM api_tokens');
    operator = openBrowser(shop);
    await operator.logIn('kakao', 'operator');
    browser = openBrowser(shop);
    await browser.logIn('naver', 'minjun');
    memberId = (await browser.get('/api/me')).body.result.memberId;
  });
  const grant = (role: string, body: object = {}) =>
    operator.send('PUT', `/api/members/${memberId}/roles/${role}`, { reason: 'because', ...body });
  const withToken = (token: string, path: string, method = 'GET', body?: unknown) =>
    shop.call(method, path, body, { Authorization: `Bearer ${token}` });
  const makeToken = async (body: object = { name: 'mine' }) => {
    const answer = await browser.send('POST', '/api/me/tokens', body);
    expect(answer.status).toBe(201);
    return answer.body.result;
  };

  describe('get roles', () => {
    it('from an operator, on record, and with the next log-in', async () => {
      expectProblem(await browser.get('/api/reports/trial-balance'), 403, 'role_missing');
      const granted = await grant('accountant');
      expect(granted.body.result).toEqual({
        memberId,
        name: '민준',
        roles: [{ role: 'accountant', sellerId: null }],
      });
      expectProblem(await browser.get('/api/me'), 401, 'credentials_invalid');
      await browser.logIn('naver', 'minjun');
      expect((await browser.get('/api/reports/trial-balance')).status).toBe(200);
      const [changes] = await shop.database.admin.raw(
        'SELECT role, action, decided_by, reason FROM member_role_changes WHERE member_id = ? ORDER BY change_id DESC',
        [memberId],
      );
      expect(changes[0]).toMatchObject({ role: 'accountant', action: 'granted', reason: 'because' });
      expect(changes[0].decided_by).toMatch(/^member \d+$/);
    });

    it('and lose them, at once', async () => {
      await grant('accountant');
      await browser.logIn('naver', 'minjun');
      const revoked = await operator.send('DELETE', `/api/members/${memberId}/roles/accountant?reason=left`);
      expect(revoked.body.result.roles).toEqual([]);
      expectProblem(await browser.get('/api/reports/trial-balance'), 401, 'credentials_invalid');
      const again = await operator.send('DELETE', `/api/members/${memberId}/roles/accountant?reason=left`);
      expect(again.status).toBe(200);
    });

    it('as a seller of one seller, whose wallet alone they see', async () => {
      await grant('seller', { sellerId: 2 });
      await browser.logIn('naver', 'minjun');
      expect((await browser.get('/api/me')).body.result).toMatchObject({
        roles: ['buyer', 'seller'],
        sellerId: '2',
      });
      expect((await browser.get('/api/sellers/2/wallet')).body.result.sellerId).toBe('2');
      expectProblem(await browser.get('/api/sellers/1/wallet'), 404, 'seller_unknown');
      await grant('seller', { sellerId: 3 });
      await browser.logIn('naver', 'minjun');
      expectProblem(await browser.get('/api/sellers/2/wallet'), 404, 'seller_unknown');
    });

    it('from nobody else', async () => {
      const path = `/api/members/${memberId}/roles/operator`;
      expectProblem(await browser.send('PUT', path, { reason: 'me' }), 403, 'role_missing');
      expectProblem(await browser.send('DELETE', `${path}?reason=me`), 403, 'role_missing');
      expectProblem(await browser.get(`/api/members/${memberId}`), 403, 'role_missing');
    });

    it.each([
      ['seller', {}, 400, 'request_invalid'],
      ['accountant', { sellerId: 1 }, 400, 'request_invalid'],
      ['seller', { sellerId: 99 }, 404, 'seller_unknown'],
      ['buyer', {}, 400, 'request_invalid'],
      ['admin', {}, 400, 'request_invalid'],
      ['accountant', { reason: ' ' }, 400, 'request_invalid'],
      ['accountant', { memberId: 1 }, 400, 'request_invalid'],
    ])('as they are and no others: %s %j', async (role, body, status, code) => {
      expectProblem(await grant(role, body), status, code);
    });

    it('only if they are there', async () => {
      const answer = await operator.send('PUT', '/api/members/4000000/roles/accountant', { reason: 'x' });
      expectProblem(answer, 404, 'member_unknown');
    });

    it('and take none by themselves, whatever they send along', async () => {
      const tricks = [
        ['POST', '/api/me/tokens', { name: 'x', role: 'operator' }],
        ['POST', '/api/me/tokens', { name: 'x', memberId: 1 }],
        ['POST', '/api/me/identities/kakao', { returnTo: '/', memberId: 1 }],
        ['POST', '/api/me', { roles: ['operator'] }],
        ['GET', '/auth/naver?roles=operator', undefined],
      ] as const;
      for (const [method, path, body] of tricks) {
        expect([400, 405]).toContain((await browser.send(method, path, body)).status);
      }
      await browser.logIn('naver', 'minjun');
      expect((await browser.get('/api/me')).body.result.roles).toEqual(['buyer']);
    });
  });

  describe('make tokens', () => {
    it('that are shown once, and known by a digest only', async () => {
      const { token, tokenId, hint } = await makeToken();
      expect(token).toMatch(/^jbt_[A-Za-z0-9_-]{43}$/);
      expect(token.startsWith(hint)).toBe(true);
      const listed = await browser.get('/api/me/tokens');
      expect(listed.body.result).toMatchObject([
        { tokenId, name: 'mine', roles: ['buyer'], lastUsedAt: null },
      ]);
      expect(JSON.stringify(listed.body)).not.toContain(token);
      for (const table of ['api_tokens', 'idempotency_keys']) {
        const [rows] = await shop.database.admin.raw(`SELECT * FROM ${table}`);
        expect(JSON.stringify(rows)).not.toContain(token);
      }
    });

    it('that are not kept for an Idempotency-Key either', async () => {
      const headers = { 'Idempotency-Key': 'token-1' };
      const first = await browser.send('POST', '/api/me/tokens', { name: 'a' }, headers);
      const second = await browser.send('POST', '/api/me/tokens', { name: 'a' }, headers);
      expect(second.body.result.token).not.toBe(first.body.result.token);
    });

    it('for programs, which need no token against forgery', async () => {
      const { token } = await makeToken();
      const me = await withToken(token, '/api/me');
      expect(me.body.result).toMatchObject({ memberId, csrfToken: null });
      expect(me.headers.getSetCookie()).toEqual([]);
      expectProblem(await withToken(token, '/api/reports/trial-balance'), 403, 'role_missing');
      expect((await browser.get('/api/me/tokens')).body.result[0].lastUsedAt).toMatch(/Z$/);
    });

    it('with some of their roles, and never with others', async () => {
      const more = await browser.send('POST', '/api/me/tokens', { name: 'x', roles: ['operator'] });
      expectProblem(more, 403, 'role_missing');
      await grant('accountant');
      await browser.logIn('naver', 'minjun');
      const { token: reader } = await makeToken({ name: 'reader', roles: ['accountant'] });
      const { token: buyer } = await makeToken({ name: 'buyer', roles: ['buyer'] });
      expect((await withToken(reader, '/api/reports/trial-balance')).status).toBe(200);
      expect((await withToken(reader, '/api/me')).body.result.roles).toEqual(['accountant']);
      expectProblem(await withToken(buyer, '/api/reports/trial-balance'), 403, 'role_missing');
      await operator.send('DELETE', `/api/members/${memberId}/roles/accountant?reason=left`);
      expectProblem(await withToken(reader, '/api/reports/trial-balance'), 403, 'role_missing');
    });

    it('that end when they are revoked or expire', async () => {
      const { token, tokenId } = await makeToken();
      expect((await browser.send('DELETE', `/api/me/tokens/${tokenId}`)).status).toBe(204);
      expectProblem(await withToken(token, '/api/me'), 401, 'credentials_invalid');
      expectProblem(await browser.send('DELETE', `/api/me/tokens/${tokenId}`), 404, 'token_unknown');
      const { token: short } = await makeToken({ name: 'short', expiresInDays: 1 });
      ahead = DAY_MS - 1_000;
      expect((await withToken(short, '/api/me')).status).toBe(200);
      ahead = DAY_MS;
      expectProblem(await withToken(short, '/api/me'), 401, 'credentials_invalid');
    });

    it('that make no others, and let nobody stay', async () => {
      const { token, tokenId } = await makeToken();
      const tries = [
        withToken(token, '/api/me/tokens', 'POST', { name: 'another' }),
        withToken(token, `/api/me/tokens/${tokenId}`, 'DELETE'),
        withToken(token, '/api/me/identities/kakao', 'POST', { returnTo: '/' }),
        withToken(token, '/api/me/identities/naver', 'DELETE'),
      ];
      for (const answer of await Promise.all(tries)) expectProblem(answer, 403, 'session_required');
    });

    it('of their own, and cannot revoke another member’s', async () => {
      const { tokenId } = await makeToken();
      expectProblem(await operator.send('DELETE', `/api/me/tokens/${tokenId}`), 404, 'token_unknown');
      expect((await operator.get('/api/me/tokens')).body.result).toEqual([]);
    });

    it.each(['jbt_', `jbt_${'A'.repeat(43)}`, "jbt_' OR 1=1 -- ", 'x', ''])(
      'and not by making up %j',
      async (token) => {
        expectProblem(await withToken(token, '/api/me'), 401, 'credentials_invalid');
        const basic = await shop.call('GET', '/api/me', undefined, { Authorization: 'Basic YTpi' });
        expectProblem(basic, 401, 'credentials_invalid');
      },
    );

    it.each([
      { name: '' },
      { name: 'a\u0000b' },
      { name: 'x'.repeat(101) },
      { name: 'x', roles: [] },
      { name: 'x', roles: ['admin'] },
      { name: 'x', expiresInDays: 0 },
      { name: 'x', expiresInDays: 1e9 },
      { name: 5 },
      {},
    ])('as they are described, and not by %j', async (body) => {
      expectProblem(await browser.send('POST', '/api/me/tokens', body), 400, 'request_invalid');
    });

    it('whose names are text, whatever SQL they look like', async () => {
      const name = `'); DROP TABLE api_tokens; -- 김치 "`;
      await makeToken({ name });
      expect((await browser.get('/api/me/tokens')).body.result[0].name).toBe(name);
    });
  });
});
