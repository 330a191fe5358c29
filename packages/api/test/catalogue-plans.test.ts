import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { listOfSeller, listOnSale } from '../src/catalogue/products-table.ts';
import { prepareShop, SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '../src/index.ts';

const PRODUCT_COUNT = 20_000;
const CATEGORIES = ['cabbage', 'radish', 'water', 'leaf', 'aged', 'other'] as const;

/** Each index of the catalogue names the query that it serves; here MySQL says which it takes, and how much it reads. */
describe('the statements of the catalogue, among 20,000 products', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ groups: SHOP_MIGRATIONS, privileges: SHOP_PRIVILEGES });
    await prepareShop(database.admin);
    const rows = Array.from({ length: PRODUCT_COUNT }, (_, index) => [
      1_000 + index,
      (index % 4) + 1,
      index % 1_920 === 0 ? `갯가 청각김치 ${index}` : `포기김치 ${index}`,
      1_000 + ((index * 7_919) % 50_000),
      CATEGORIES[index % CATEGORIES.length],
      // Most of what was ever put up is ended.
      Math.floor(index / 24) % 4 === 0 ? 'on_sale' : 'ended',
    ]);
    for (let from = 0; from < rows.length; from += 5_000) {
      await database.admin.raw(
        'INSERT INTO products (product_id, seller_id, name, price, category, status) VALUES ?',
        [rows.slice(from, from + 5_000)] as never,
      );
    }
    await database.admin.raw('ANALYZE TABLE products, sellers, product_stocks');
  });
  afterAll(() => database.drop());

  const on = { sort: 'newest', limit: 20 } as const;
  const after = { price: 30_000, productId: 10_000 };
  type Plan = readonly [string, string, (knex: TestDatabase['admin']) => Promise<unknown>];
  const PLANS: readonly Plan[] = [
    ['newest', 'products_newest', (db) => listOnSale(db, on)],
    // MySQL may as well walk the products themselves, and step over those that are ended.
    ['newest, a later page', 'PRIMARY|products_newest', (db) => listOnSale(db, { ...on, after })],
    ['cheapest', 'products_price', (db) => listOnSale(db, { ...on, sort: 'price_asc' })],
    ['dearest, a later page', 'products_price', (db) => listOnSale(db, { ...on, sort: 'price_desc', after })],
    ['of a category', 'products_category_newest', (db) => listOnSale(db, { ...on, category: 'aged' })],
    [
      'of a category, cheapest, a later page',
      'products_category_price',
      (db) => listOnSale(db, { ...on, category: 'aged', sort: 'price_asc', after }),
    ],
    [
      'of a seller, a later page',
      'products_of_seller',
      (db) => listOfSeller(db, { sellerId: 2, limit: 20, before: 10_000 }),
    ],
  ];

  it.each(PLANS)('%s: reads a page from the end of %s, and sorts nothing', async (_name, index, run) => {
    const { plan, examined } = await explain(run);
    expect(plan.table).toBe('p');
    expect(index.split('|')).toContain(plan.key);
    expect(plan.Extra ?? '').not.toMatch(/filesort|temporary/);
    // The page and one more, and of each its seller and stock; on the way, some that are ended.
    expect(examined).toBeLessThanOrEqual(plan.key === 'PRIMARY' ? 8 * 21 : 3 * 21);
  });

  it('a search: reads what it finds by the full-text index', async () => {
    const { plan, examined } = await explain((db) => listOnSale(db, { ...on, fullText: '+"청각"' }));
    expect(plan).toMatchObject({ table: 'p', key: 'products_search', type: 'fulltext' });
    expect(examined).toBeLessThanOrEqual(3 * 21);
  });

  /** Explains what is run, word for word, and counts the rows that it reads. */
  async function explain(run: (knex: TestDatabase['admin']) => Promise<unknown>) {
    const { admin } = database;
    let sent: { sql: string; bindings: unknown[] } | undefined;
    const note = (query: { sql: string; bindings: unknown[] }) => {
      sent ??= query;
    };
    admin.on('query', note);
    await run(admin);
    admin.off('query', note);
    if (sent === undefined) throw new Error('It asked nothing.');
    const { sql, bindings } = sent;
    const [[plan]] = await admin.raw(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, bindings as never);
    const examined = await admin.transaction(async (trx) => {
      await trx.raw('FLUSH STATUS');
      await trx.raw(sql, bindings as never);
      const [rows] = await trx.raw(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
      return rows
        .filter(({ Variable_name: name }: { Variable_name: string }) => !/rnd_next|first|last/.test(name))
        .reduce((sum: number, { Value }: { Value: string }) => sum + Number(Value), 0);
    });
    return { plan, examined };
  }
});
