import { openDatabase } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { prepareShop, SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '../src/index.ts';
import { mallSource } from '../src/prices/mall-source.ts';
import { naverSource } from '../src/prices/naver-source.ts';
import type { PriceSource } from '../src/prices/price-source.ts';
import { priceSourceSuite } from './support/price-source-suite.ts';

const WANTED = { kind: '포기김치', grams: 1_000 };
const never = new AbortController().signal;

describe('Naver’s search of shops', () => {
  let sandbox: Sandbox;
  let source: PriceSource;
  let clientCount = 0;
  const open = (baseUrl: string, dailyLimit = 25_000, clientId = `client-${++clientCount}`) =>
    naverSource({
      baseUrl,
      clientId,
      clientSecret: 'secret',
      dailyLimit,
      timeoutMs: 500,
      maxConnectionCount: 4,
      clock: () => new Date(),
    });
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, naverDailyLimit: 20 });
    source = open(sandbox.url);
  });
  afterAll(async () => {
    source.close();
    await sandbox.close();
  });
  afterEach(() => fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' }));
  const fault = (body: Record<string, unknown>) =>
    fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ route: 'shop-search', ...body }),
    });

  priceSourceSuite('the sandbox behind the Naver adapter', {
    source: () => source,
    kind: '포기김치',
    broken: () => open('http://127.0.0.1:1'),
  });

  it.each([
    ['fails', { status: 500 }, 'trouble', /500 SE99/],
    ['wants fewer calls', { status: 429 }, 'trouble', /429 012/],
    ['knows no such client', { status: 401 }, 'trouble', /401 024/],
    ['is not there any more', { status: 404 }, 'trouble', /404 SE05/],
    ['will not answer the question', { status: 400 }, 'refused', /400 SE01/],
    ['cuts the connection', { dropAnswer: 'before' }, 'trouble', /ECONNRESET/],
    ['takes too long', { latencyMs: 2_000 }, 'trouble', /time-out/],
    ['answers a page', { garble: 'html' }, 'trouble', /none of a search/],
    ['answers cut JSON', { garble: 'cut-json' }, 'trouble', /none of a search/],
    ['answers other JSON', { garble: 'other-json' }, 'trouble', /none of a search/],
    ['answers a page with an error', { garble: 'html', status: 502 }, 'trouble', /502/],
  ])('says what happened when the provider %s', async (_name, ordered, kind, message) => {
    await fault(ordered);
    const other = open(sandbox.url);
    try {
      const error = await other.find(WANTED, never).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ kind, message: expect.stringMatching(message) });
    } finally {
      other.close();
    }
  });

  it('makes no more calls a day than it may', async () => {
    const other = open(sandbox.url, 2);
    for (let call = 0; call < 2; call++) await other.find(WANTED, never);
    await expect(other.find(WANTED, never)).rejects.toMatchObject({ kind: 'limit' });
    expect(await callsToday(`client-${clientCount}`)).toBe(2);
    other.close();
  });

  it('makes none for the rest of the day when the provider counts more', async () => {
    const other = open(sandbox.url);
    for (let call = 0; call < 20; call++) await other.find(WANTED, never);
    for (let call = 0; call < 5; call++) {
      await expect(other.find(WANTED, never)).rejects.toMatchObject({ kind: 'limit' });
    }
    expect(await callsToday(`client-${clientCount}`)).toBe(21);
    other.close();
  });

  async function callsToday(clientId: string): Promise<number> {
    const answer = await fetch(`${sandbox.url}/sandbox/naver-shopping/clients/${clientId}`);
    return ((await answer.json()) as { callsToday: number }).callsToday;
  }
});

describe('the mall’s own listings', () => {
  let database: TestDatabase;
  let gone: Knex;
  beforeAll(async () => {
    database = await createTestDatabase({ groups: SHOP_MIGRATIONS, privileges: SHOP_PRIVILEGES });
    await prepareShop(database.admin);
    gone = openDatabase({ url: 'mysql://nobody@127.0.0.1:1/nothing' });
  });
  afterAll(async () => {
    await gone.destroy();
    await database.drop();
  });

  priceSourceSuite('the catalogue', {
    source: () => mallSource(database.runtime),
    kind: '포기김치',
    broken: () => mallSource(gone),
  });

  it('finds every weight of a kind that is on sale and not sold out, and says which kimchi it is', async () => {
    await database.admin.raw(
      `INSERT INTO products (product_id, seller_id, name, price, status, is_stocked) VALUES
       (101, 3, '[특가] 포기 김치 1.5KG (국내산)', 18000, 'on_sale', FALSE), (102, 4, '총각김치 1kg', 1, 'on_sale', FALSE),
       (103, 4, '포기김치 500g x 2', 9000, 'on_sale', TRUE), (104, 4, '포기김치 1kg', 2, 'hidden', FALSE)`,
    );
    await database.admin.raw(
      'INSERT INTO product_stocks (product_id, received, available, sold) VALUES (103, 5, 0, 5)',
    );
    const find = () => mallSource(database.runtime).find(WANTED, never);
    const listings = await find();
    expect(listings).toMatchObject([
      { kimchiId: 1, sellerId: 1, grams: 1_000, price: 14_000n, mallName: '광주김치공방' },
      { kimchiId: 101, sellerId: 3, grams: 1_500, price: 18_000n },
      { kimchiId: 7, sellerId: 4, grams: 3_000, price: 32_900n, title: '포기김치 3kg' },
    ]);
    await database.admin.raw('UPDATE product_stocks SET received = 6, available = 1 WHERE product_id = 103');
    expect((await find())[0]).toMatchObject({ kimchiId: 103, grams: 1_000, price: 9_000n });
  });

  it('goes by an index of the kind, in the order of its prices', async () => {
    const [rows] = await database.admin.raw(
      `EXPLAIN FORMAT=TREE SELECT p.name FROM products AS p
          JOIN sellers AS s ON s.seller_id = p.seller_id
          LEFT JOIN product_stocks AS k ON k.product_id = p.product_id
        WHERE p.kind = '포기김치' AND p.status = 'on_sale' AND (NOT p.is_stocked OR k.available > 0)
        ORDER BY p.price, p.product_id LIMIT 100`,
    );
    expect(rows[0].EXPLAIN).toMatch(/index lookup on p using products_kind/i);
    expect(rows[0].EXPLAIN).not.toMatch(/Sort/);
  });
});
