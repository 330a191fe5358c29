import { describe, expect, it } from '@jest/globals';
import { naverShoppingContract, searchShops } from './naver-shopping-contract.ts';
import { runningSandbox } from './running-sandbox.ts';

const CLIENT = { clientId: 'jangbu-sandbox', clientSecret: 'jangbu-sandbox-secret' };
const KIMCHI = { query: '포기김치 1kg' };
const LIMIT = 40;
const sandbox = runningSandbox({ naverDailyLimit: LIMIT });
const search = (parameters: Record<string, string> = KIMCHI) =>
  searchShops({ baseUrl: sandbox.url, ...CLIENT }, parameters);

naverShoppingContract('the double', () => ({ baseUrl: sandbox.url, ...CLIENT }));

describe('the double of Naver’s search of shops', () => {
  it('gives the same offers for the same words', async () => {
    expect(await search()).toEqual(await search());
    expect((await search({ query: '깍두기' })).body.items).not.toEqual((await search()).body.items);
  });

  it('leaves out what it is told to', async () => {
    const all = (await search({ ...KIMCHI, display: '100' })).body;
    const some = (await search({ ...KIMCHI, display: '100', exclude: 'used:rental:cbshop' })).body;
    const typesOf = (body: { items: { productType: string }[] }) =>
      new Set(body.items.map(({ productType }) => productType));
    expect(typesOf(all)).toContain('5');
    expect(typesOf(some)).not.toContain('5');
    expect(some.total).toBeLessThan(all.total);
    const paid = (await search({ ...KIMCHI, filter: 'naverpay' })).body;
    expect(paid.total).toBeLessThan(all.total);
  });

  it('has titles with entities, and no markup but the bold words', async () => {
    const { body } = await search({ ...KIMCHI, display: '100' });
    const titles: string[] = body.items.map(({ title }: { title: string }) => title);
    expect(titles.join()).toMatch(/&amp;.*&lt;|&lt;.*&amp;/);
    expect(titles.map((title) => title.replaceAll(/<\/?b>/g, '')).join()).not.toMatch(/[<>]/);
  });

  it('ends a client’s day at its limit, and begins the next at Korea’s midnight', async () => {
    for (let call = 0; call < LIMIT; call++) expect((await search()).status).toBe(200);
    expect(await search()).toMatchObject({ status: 429, body: { errorCode: '010' } });
    expect(await sandbox.get('/sandbox/naver-shopping/clients/jangbu-sandbox')).toMatchObject({
      body: { callsToday: LIMIT + 1 },
    });
    // The sandbox's day began at 21:00 in Korea.
    sandbox.pass(3 * 60 * 60 * 1_000);
    expect((await search()).status).toBe(200);
  });

  it('knows no other search', async () => {
    expect(await sandbox.get('/v1/search/book.json')).toMatchObject({
      status: 404,
      body: { errorCode: 'SE05' },
    });
  });

  it.each([
    [{ status: 500 }, 500, 'SE99'],
    [{ status: 429 }, 429, '012'],
    [{ status: 429, code: '010' }, 429, '010'],
    [{ status: 401 }, 401, '024'],
  ])('fails as ordered: %j', async (fault, status, errorCode) => {
    await sandbox.fault({ route: 'shop-search', ...fault });
    expect(await search()).toMatchObject({ status, body: { errorCode } });
    expect((await search()).status).toBe(200);
  });

  it('is slow, or cuts the connection, as ordered', async () => {
    await sandbox.fault({ route: 'shop-search', latencyMs: 80 });
    const since = performance.now();
    expect((await search()).status).toBe(200);
    expect(performance.now() - since).toBeGreaterThan(70);
    await sandbox.fault({ route: 'shop-search', dropAnswer: 'before' });
    await expect(search()).rejects.toThrow('fetch failed');
  });

  it('answers what nobody can read, as ordered', async () => {
    const garbled = async (garble: string) => {
      await sandbox.fault({ route: 'shop-search', garble });
      const answer = await fetch(`${sandbox.url}/v1/search/shop.json?query=1`, {
        headers: { 'X-Naver-Client-Id': CLIENT.clientId, 'X-Naver-Client-Secret': CLIENT.clientSecret },
      });
      return `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`;
    };
    expect(await garbled('html')).toMatch(/^200 text\/html.*<!DOCTYPE html>/);
    expect(await garbled('cut-json')).toMatch(/^200 application\/json.*포기김$/);
    expect(await garbled('other-json')).toMatch(/^200 application\/json.*"items":"none"/);
  });
});

const {
  NAVER_SHOPPING_TEST_URL: baseUrl,
  NAVER_SHOPPING_TEST_CLIENT_ID: clientId,
  NAVER_SHOPPING_TEST_CLIENT_SECRET: clientSecret,
} = process.env;

describe('a gateway that speaks the contract', () => {
  if (baseUrl !== undefined && clientId !== undefined && clientSecret !== undefined) {
    naverShoppingContract('the gateway', () => ({ baseUrl, clientId, clientSecret }));
  } else {
    it.skip('needs NAVER_SHOPPING_TEST_URL, _CLIENT_ID and _CLIENT_SECRET in the environment', () => {});
  }
});
