import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { insertAttempt, takeAttempt } from '../src/log-in/attempts-table.ts';
import { type Browser, decideAt, openBrowser } from './support/browser.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const PROVIDERS = ['naver', 'kakao'] as const;
const MINUTE_MS = 60_000;

describe('log-in', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let browser: Browser;
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
    browser = openBrowser(shop);
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    await shop.database.admin.raw('DELETE FROM member_identities WHERE member_id > 10');
  });
  const fault = (body: Record<string, unknown>) =>
    fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) });
  const memberCount = async () => {
    const [[{ count }]] = await shop.database.admin.raw('SELECT COUNT(*) AS count FROM members');
    return Number(count);
  };

  describe.each(PROVIDERS)('with %s', (provider) => {
    it('makes whoever comes first a member, and knows them the next time', async () => {
      const before = await memberCount();
      const answer = await browser.logIn(provider, 'minjun', '?returnTo=/orders%3Ftab%3D1');
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/orders?tab=1');
      const { body } = await browser.get('/api/me');
      expect(body.result).toMatchObject({ name: '민준', roles: ['buyer'], sellerId: null });
      expect(body.result.identities).toMatchObject([{ provider }]);
      const again = openBrowser(shop);
      await again.logIn(provider, 'minjun');
      expect((await again.get('/api/me')).body.result.memberId).toBe(body.result.memberId);
      expect(await memberCount()).toBe(before + 1);
    });

    it('makes one member of twins that come at once', async () => {
      const before = await memberCount();
      const twins = Array.from({ length: 6 }, () => openBrowser(shop));
      const answers = await Promise.all(twins.map((twin) => twin.logIn(provider, 'seoyeon')));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
      const ids = await Promise.all(
        twins.map(async (twin) => (await twin.get('/api/me')).body.result.memberId),
      );
      expect(new Set(ids).size).toBe(1);
      expect(await memberCount()).toBe(before + 1);
    });

    it('refuses a state that was made up, and one of another browser', async () => {
      const back = await browser.decide(`/auth/${provider}`);
      const forged = new URL(back);
      forged.searchParams.set('state', 'A'.repeat(43));
      expectProblem(await browser.get(forged.href), 400, 'log_in_state_invalid');
      forged.searchParams.delete('state');
      expectProblem(await browser.get(forged.href), 400, 'log_in_state_invalid');
      const attackers = openBrowser(shop);
      await attackers.get(`/auth/${provider}`);
      expectProblem(await attackers.get(back), 400, 'log_in_state_invalid');
      expectProblem(await openBrowser(shop).get(back), 400, 'log_in_state_invalid');
      expect((await browser.get(back)).status).toBe(303);
    });

    it('takes a return once, also of two at once', async () => {
      const back = await browser.decide(`/auth/${provider}`);
      const statuses = (await Promise.all([browser.get(back), browser.get(back)])).map(
        ({ status }) => status,
      );
      expect(statuses.sort()).toEqual([303, 400]);
      expectProblem(await browser.get(back), 400, 'log_in_state_invalid');
    });

    it('takes no return to the other provider’s address, and none that took too long', async () => {
      const back = await browser.decide(`/auth/${provider}`);
      const other = provider === 'naver' ? 'kakao' : 'naver';
      const crossed = back.replace(`/auth/${provider}/`, `/auth/${other}/`);
      expectProblem(await browser.get(crossed), 400, 'log_in_state_invalid');
      ahead = 11 * MINUTE_MS;
      expectProblem(await browser.get(back), 400, 'log_in_state_invalid');
    });

    it('refuses a code of another application, and one that was used', async () => {
      const { headers } = await browser.get(`/auth/${provider}`);
      const ours = new URL(headers.get('location') ?? '');
      const theirs = new URL(ours);
      theirs.searchParams.set('client_id', 'other-shop');
      const stolen = await decideAt(theirs.href, {});
      expectProblem(await browser.get(stolen), 400, 'log_in_code_invalid');

      const used = await browser.decide(`/auth/${provider}`);
      await browser.get(used);
      const next = new URL(await browser.decide(`/auth/${provider}`));
      next.searchParams.set('code', new URL(used).searchParams.get('code') ?? '');
      expectProblem(await browser.get(next.href), 400, 'log_in_code_invalid');
    });

    it('says so when consent is refused, and sends a browser back with it', async () => {
      const refuse = { decision: 'refuse' };
      expectProblem(
        await browser.get(await browser.decide(`/auth/${provider}`, refuse)),
        403,
        'log_in_refused',
      );
      const back = await browser.decide(`/auth/${provider}?returnTo=/cart%3Fa%3D1`, refuse);
      const answer = await browser.get(back, { Accept: 'text/html,*/*;q=0.8' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/cart?a=1&logInError=log_in_refused');
      expect(browser.cookies.has('jangbu-session')).toBe(false);
    });

    it.each([
      ['answers an error', { status: 503 }],
      ['drops the connection', { dropAnswer: 'before' }],
      ['drops its answer after the work', { dropAnswer: 'after' }],
    ])('tells to come again when the provider %s', async (_name, how) => {
      for (const route of [`${provider}-token`, `${provider}-me`]) {
        await fault({ route, ...how });
        const answer = await browser.logIn(provider, 'minjun');
        expectProblem(answer, 503, 'log_in_provider_unavailable');
        expect(answer.headers.get('retry-after')).toBe('5');
      }
      expect((await browser.logIn(provider, 'minjun')).status).toBe(303);
    });

    it('waits five seconds for a provider that hangs, and holds no connection to the database meanwhile', async () => {
      await fault({ route: `${provider}-token`, latencyMs: 60_000, times: 'always' });
      const startedAt = Date.now();
      const hanging = Array.from({ length: 20 }, () => openBrowser(shop).logIn(provider, 'minjun'));
      const ready = await shop.call('GET', '/health/ready');
      expect(ready.status).toBe(200);
      for (const answer of await Promise.all(hanging)) {
        expectProblem(answer, 503, 'log_in_provider_unavailable');
      }
      expect(Date.now() - startedAt).toBeLessThan(10_000);
    });

    it('keeps the provider’s tokens sealed', async () => {
      await browser.logIn(provider, 'minjun');
      const [[row]] = await shop.database.admin.raw(
        'SELECT access_token, refresh_token FROM member_identities WHERE provider = ? AND member_id > 10',
        [provider],
      );
      for (const sealed of [row.access_token, row.refresh_token]) {
        expect(sealed.length).toBe(43 + 32);
        expect(sealed.toString('latin1')).not.toMatch(/[A-Za-z0-9_-]{43}/);
      }
    });
  });

  it('gives an attempt to one of many who come for it at once', async () => {
    const { runtime: knex } = shop.database;
    const attempt = { browser: 'b'.repeat(43), state: 's'.repeat(43) };
    const purpose = { provider: 'naver', memberId: null, returnTo: '/' } as const;
    for (let round = 0; round < 5; round++) {
      await insertAttempt(knex, attempt, purpose, new Date(clock().getTime() + MINUTE_MS));
      const takings = Array.from({ length: 8 }, () => takeAttempt(knex, attempt, 'naver', clock()));
      const taken = (await Promise.all(takings)).filter((one) => one !== undefined);
      expect(taken).toEqual([purpose]);
    }
  });

  it('sends nobody to another host', async () => {
    for (const returnTo of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/%0d%0aSet-Cookie:x',
    ]) {
      const answer = await browser.get(`/auth/naver?returnTo=${encodeURIComponent(returnTo)}`);
      if (returnTo.startsWith('/%')) expect(answer.status).toBe(303);
      else expectProblem(answer, 400, 'request_invalid');
    }
  });

  it('knows no other provider, and no other parameter of its own', async () => {
    expectProblem(await browser.get('/auth/google'), 400, 'request_invalid');
    expectProblem(await browser.get('/auth/naver?role=operator'), 400, 'request_invalid');
  });

  it('takes text as text, whatever SQL it looks like', async () => {
    const text = encodeURIComponent(`' OR 1=1; DROP TABLE members; -- "`);
    const back = await browser.decide('/auth/naver');
    for (const query of [`state=${text}`, `state=x&code=${text}`, `error=${text}`]) {
      const url = `/auth/naver/callback?${query}`;
      expectProblem(await browser.get(url), 400, 'log_in_state_invalid');
    }
    const injected = new URL(back);
    injected.searchParams.set('code', decodeURIComponent(text));
    expectProblem(await browser.get(injected.href), 400, 'log_in_code_invalid');
    expect(await memberCount()).toBeGreaterThan(999);
  });

  it('links a further provider, with which the same member then logs in', async () => {
    await browser.logIn('naver', 'minjun');
    const { memberId } = (await browser.get('/api/me')).body.result;
    const idBefore = browser.cookies.get('jangbu-session');
    const begun = await browser.send('POST', '/api/me/identities/kakao', { returnTo: '/me' });
    const linked = await browser.get(
      await browser.decide(begun.body.result.authorizeUrl, { person: 'minjun' }),
    );
    expect(linked.headers.get('location')).toBe('/me');
    expect(browser.cookies.get('jangbu-session')).not.toBe(idBefore);
    const other = openBrowser(shop);
    await other.logIn('kakao', 'minjun');
    const me = (await other.get('/api/me')).body.result;
    expect(me).toMatchObject({ memberId, identities: [{ provider: 'naver' }, { provider: 'kakao' }] });
  });

  it('never takes two people for one because of an address of e-mail', async () => {
    await browser.logIn('naver', 'jiho');
    const other = openBrowser(shop);
    await other.logIn('kakao', 'jiho');
    const ids = [browser, other].map(async (one) => (await one.get('/api/me')).body.result.memberId);
    const [first, second] = await Promise.all(ids);
    expect(first).not.toBe(second);
  });

  it('does not link an account of another member, and no second one of a provider', async () => {
    await openBrowser(shop).logIn('kakao', 'seoyeon');
    await browser.logIn('naver', 'minjun');
    const link = async (person: string) => {
      const begun = await browser.send('POST', '/api/me/identities/kakao', { returnTo: '/' });
      return browser.get(await browser.decide(begun.body.result.authorizeUrl, { person }));
    };
    expectProblem(await link('seoyeon'), 409, 'identity_taken');
    expect((await link('minjun')).status).toBe(303);
    expectProblem(await link('jiho'), 409, 'identity_conflict');
    expect((await link('minjun')).status).toBe(303);
  });

  it('does not link for whoever logged in meanwhile, nor for whoever logged out', async () => {
    await browser.logIn('naver', 'minjun');
    const begin = async () => {
      const begun = await browser.send('POST', '/api/me/identities/kakao', { returnTo: '/' });
      return browser.decide(begun.body.result.authorizeUrl, { person: 'minjun' });
    };
    const back = await begin();
    await browser.logIn('naver', 'seoyeon');
    expectProblem(await browser.get(back), 400, 'log_in_state_invalid');
    const next = await begin();
    await browser.send('POST', '/api/log-out');
    expectProblem(await browser.get(next), 400, 'log_in_state_invalid');
  });

  it.each(PROVIDERS)('unlinks %s there as well, also when its access token has expired', async (provider) => {
    const other = provider === 'naver' ? 'kakao' : 'naver';
    await browser.logIn(other, 'minjun');
    const begun = await browser.send('POST', `/api/me/identities/${provider}`, { returnTo: '/' });
    await browser.get(await browser.decide(begun.body.result.authorizeUrl, { person: 'minjun' }));
    ahead = 7 * 60 * MINUTE_MS;
    await fault({ route: provider === 'naver' ? 'naver-token' : 'kakao-unlink', status: 500 });
    const path = `/api/me/identities/${provider}`;
    expectProblem(await browser.send('DELETE', path), 503, 'log_in_provider_unavailable');
    expect((await browser.send('DELETE', path)).status).toBe(204);
    expectProblem(await browser.send('DELETE', path), 404, 'identity_unknown');
    expectProblem(await browser.send('DELETE', `/api/me/identities/${other}`), 409, 'identity_last');
  });

  it('keeps the last way to log in of two that unlink at once', async () => {
    await browser.logIn('naver', 'minjun');
    const begun = await browser.send('POST', '/api/me/identities/kakao', { returnTo: '/' });
    await browser.get(await browser.decide(begun.body.result.authorizeUrl, { person: 'minjun' }));
    const answers = await Promise.all(
      PROVIDERS.map((provider) => browser.send('DELETE', `/api/me/identities/${provider}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });
});
