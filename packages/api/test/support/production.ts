import { startSandbox } from '@jangbu/sandbox';
import { expect } from '@jest/globals';
import type { ApiSeams } from '../../src/index.ts';
import { kakao } from '../../src/log-in/kakao.ts';
import { naver } from '../../src/log-in/naver.ts';
import { type Browser, decideAt, openBrowser } from './browser.ts';
import { type Answer, openShop, PRODUCTION, type Shop } from './shop.ts';

/** A shop as in production, but for the providers, which are the doubles, and TLS, which ends before the api. */
export interface ProductionShop {
  readonly shop: Shop;
  readonly sandboxUrl: string;
  /** A browser that finds the shop at its public address. */
  openBrowser(): Browser;
  logIn(browser: Browser, provider: 'naver' | 'kakao', person: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function openProduction(seams: ApiSeams = {}): Promise<ProductionShop> {
  const sandbox = await startSandbox({ port: 0 });
  const urls = { pageUrl: sandbox.url, tokenUrl: sandbox.url, apiUrl: sandbox.url };
  const client = { clientId: 'jangbu-sandbox', clientSecret: 'jangbu-sandbox-secret' };
  const options = { ...client, ...urls, clock: () => new Date() };
  const shop = await openShop({
    environment: {
      ...PRODUCTION,
      TOSS_BASE_URL: sandbox.url,
      TOSS_SECRET_KEY: sandbox.tossSecretKey,
      REQUESTS_PER_MINUTE: '100000',
    },
    logInProviders: { naver: naver(options), kakao: kakao(options) },
    ...seams,
  });
  return {
    shop,
    sandboxUrl: sandbox.url,
    openBrowser: () => openBrowser(shop, new Map(), PRODUCTION.PUBLIC_URL),
    /** The double sends nobody to shop.example, so the browser is sent to this machine, under the address that was registered. */
    async logIn(browser, provider, person) {
      const { headers } = await browser.get(`/auth/${provider}`);
      const asked = new URL(headers.get('location') ?? '');
      const callback = `/auth/${provider}/callback`;
      expect(asked.searchParams.get('redirect_uri')).toBe(PRODUCTION.PUBLIC_URL + callback);
      asked.searchParams.set('redirect_uri', `http://127.0.0.1${callback}`);
      const back = new URL(await decideAt(asked.href, { person }));
      return browser.get(back.pathname + back.search);
    },
    async close() {
      await shop.close();
      await sandbox.close();
    },
  };
}
