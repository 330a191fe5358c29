import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sweep } from '../src/care/sweep.ts';
import { type Browser, openBrowser } from './support/browser.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';
import { withStatementSummaries } from './support/statement-summaries.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SESSION = 'jangbu-session';

describe('a session', () => {
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
    await admin('DELETE FROM sessions');
    browser = openBrowser(shop);
    await browser.logIn('naver', 'minjun');
  });
  const admin = (sql: string, bindings: unknown[] = []) => shop.database.admin.raw(sql, bindings as never);

  it('is known to the database by its digest only', async () => {
    const [rows] = await admin('SELECT session_digest FROM sessions');
    const id = browser.cookies.get(SESSION) ?? '';
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const stored = rows.map((row: { session_digest: Buffer }) => row.session_digest.toString('base64url'));
    expect(stored).not.toContain(id);
  });

  it('has a cookie that no script reads and no other site sends', async () => {
    const answer = await openBrowser(shop).logIn('naver', 'minjun');
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^jangbu-session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('gets a fresh id at each log-in, and an id that was planted is never taken', async () => {
    const before = browser.cookies.get(SESSION) ?? '';
    const copy = browser.copy();
    await browser.logIn('naver', 'minjun');
    expect(browser.cookies.get(SESSION)).not.toBe(before);
    expectProblem(await copy.get('/api/me'), 401, 'credentials_invalid');

    const planted = 'A'.repeat(43);
    const victim = openBrowser(shop, new Map([[SESSION, planted]]));
    await victim.logIn('naver', 'seoyeon');
    expect(victim.cookies.get(SESSION)).not.toBe(planted);
    const attacker = openBrowser(shop, new Map([[SESSION, planted]]));
    expectProblem(await attacker.get('/api/me'), 401, 'credentials_invalid');
  });

  it('is over for whoever stole it once its owner logs out', async () => {
    const thief = browser.copy();
    expect((await thief.get('/api/me')).status).toBe(200);
    const answer = await browser.send('POST', '/api/log-out');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([`${SESSION}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`]);
    expect(browser.cookies.has(SESSION)).toBe(false);
    expectProblem(await thief.get('/api/me'), 401, 'credentials_invalid');
    expectProblem(await thief.get('/api/orders/any-order'), 401, 'credentials_invalid');
    expect((await thief.send('POST', '/api/log-out', undefined, { 'X-CSRF-Token': 'x' })).status).toBe(204);
  });

  it.each(["' OR 1=1 -- ", 'A'.repeat(43), '', '%00', 'x'.repeat(5_000)])(
    'is not what somebody makes up: %j',
    async (id) => {
      const answer = await shop.call('GET', '/api/me', undefined, { Cookie: `${SESSION}=${id}` });
      if (id === '') expect(answer.status).toBe(200);
      else expectProblem(answer, 401, 'credentials_invalid');
    },
  );

  it('ends unused after twelve hours, and used after seven days', async () => {
    ahead = 11 * HOUR_MS;
    expect((await browser.get('/api/me')).status).toBe(200);
    ahead = 22 * HOUR_MS;
    expect((await browser.get('/api/me')).status).toBe(200);
    for (; ahead < 7 * 24 * HOUR_MS - 2 * HOUR_MS; ahead += 10 * HOUR_MS) {
      expect((await browser.get('/api/me')).status).toBe(200);
    }
    ahead = 7 * 24 * HOUR_MS + 1_000;
    expectProblem(await browser.get('/api/me'), 401, 'credentials_invalid');

    ahead = 0;
    const other = openBrowser(shop);
    await other.logIn('naver', 'minjun');
    ahead = 12 * HOUR_MS + 1_000;
    expectProblem(await other.get('/api/me'), 401, 'credentials_invalid');
  });

  it('is written to once a minute at most, however often it is used', async () => {
    ahead = 2 * MINUTE_MS;
    const [rows] = await withStatementSummaries(shop.database.admin, async () => {
      await Promise.all(Array.from({ length: 20 }, () => browser.get('/api/relay/replays/x')));
      await Promise.all(Array.from({ length: 20 }, () => browser.get('/api/relay/replays/x')));
      return admin(
        `SELECT digest_text AS text, count_star AS count, sum_rows_affected AS changed, sum_no_index_used AS unindexed
         FROM performance_schema.events_statements_summary_by_digest
        WHERE schema_name = ? AND digest_text REGEXP '^(SELECT|UPDATE).*sessions'`,
        [shop.database.name],
      );
    });
    const of = (verb: string) => rows.find(({ text }: { text: string }) => text.startsWith(verb));
    expect(Number(of('SELECT').count)).toBe(40);
    expect(Number(of('UPDATE').changed)).toBe(1);
    expect(rows.map((row: { unindexed: string }) => Number(row.unindexed))).toEqual([0, 0]);
  });

  it('is swept once it has expired, as are attempts that nobody came back from', async () => {
    await openBrowser(shop).get('/auth/kakao');
    const now = clock();
    await sweep({
      knex: shop.database.runtime,
      clock: () => new Date(now.getTime() + 30 * MINUTE_MS),
    });
    const count = async (table: string) =>
      Number((await admin(`SELECT COUNT(*) AS n FROM ${table}`))[0][0].n);
    expect(await count('log_in_attempts')).toBe(0);
    expect(await count('sessions')).toBeGreaterThan(0);
    await sweep({ knex: shop.database.runtime, clock: () => new Date(now.getTime() + 13 * HOUR_MS) });
    expect(await count('sessions')).toBe(0);
  });

  describe('guards what changes something', () => {
    const order = { cartId: 1, kimchiIds: [1], buyerId: 1 };

    it('against other sites', async () => {
      const { csrfToken } = (await browser.get('/api/me')).body.result;
      const cookie = `${SESSION}=${browser.cookies.get(SESSION)}`;
      const post = (headers: Record<string, string>) =>
        shop.call('POST', '/api/check-out', order, { Cookie: cookie, ...headers });
      for (const headers of [
        {},
        { Origin: shop.api.url },
        { 'X-CSRF-Token': 'x'.repeat(43) },
        { 'X-CSRF-Token': csrfToken, Origin: 'https://evil.example' },
        { 'X-CSRF-Token': csrfToken, Origin: shop.api.url, 'Sec-Fetch-Site': 'cross-site' },
      ]) {
        expectProblem(await post(headers), 403, 'request_forged');
      }
      const sound = { 'X-CSRF-Token': csrfToken, Origin: shop.api.url, 'Sec-Fetch-Site': 'same-origin' };
      expect((await post(sound)).body.code).not.toBe('request_forged');
    });

    it('also where the token is another session’s, and at log-out', async () => {
      const other = openBrowser(shop);
      await other.logIn('naver', 'seoyeon');
      const { csrfToken } = (await other.get('/api/me')).body.result;
      const headers = { 'X-CSRF-Token': csrfToken };
      expectProblem(await browser.send('POST', '/api/log-out', undefined, headers), 403, 'request_forged');
      expect((await browser.get('/api/me')).status).toBe(200);
    });

    it('and lets callers without a cookie be', async () => {
      expect((await shop.call('POST', '/api/check-out', order)).status).toBe(200);
      const answer = await shop.call('GET', '/api/me');
      expect(answer.body.result).toMatchObject({ memberId: 1, csrfToken: null });
    });
  });
});
