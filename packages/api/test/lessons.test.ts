import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { openShop, type Shop } from './support/shop.ts';

/**
 * What the first service learned, as far as it is the api's to keep: docs/lessons.md. Step 1 is held by query-plans.test.ts, step 6 by
 * lowest-price.test.ts, and that a process may die after its commit by api-killed.test.ts.
 */
describe('a payment', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
  });
  afterAll(() => shop.close());
  const countOf = async (table: string) => {
    const [[{ count }]] = await shop.database.admin.raw('SELECT COUNT(*) AS count FROM ??', [table]);
    return Number(count);
  };

  /** Step 2: settlement and ledger stood in the payment's transaction. */
  it('is done although its settlement would fail: the books are out of order', async () => {
    await shop.database.admin.raw('RENAME TABLE journal_lines TO journal_lines_gone');
    try {
      const answer = await shop.confirm(await shop.order());
      expect({ status: answer.status, result: answer.body.result }).toMatchObject({
        status: 200,
        result: { status: 'done' },
      });
    } finally {
      await shop.database.admin.raw('RENAME TABLE journal_lines_gone TO journal_lines');
    }
  });

  /** Step 3: the settlement wanted rows that a payment which was still open had locked, and the other way round. */
  it('waits for no lock of the books, of the catalogue, or of another payment', async () => {
    const other = await shop.order();
    const held = await shop.database.admin.transaction();
    try {
      for (const table of ['account_balances', 'journal_entries', 'products', 'sellers', 'members']) {
        await held.raw('SELECT * FROM ?? FOR UPDATE', [table]);
      }
      await held.raw('SELECT * FROM orders WHERE order_id = ? FOR UPDATE', [other]);
      const since = performance.now();
      expect((await shop.confirm(await shop.order())).status).toBe(200);
      expect(performance.now() - since).toBeLessThan(2_000);
    } finally {
      await held.rollback();
    }
  });

  /** Steps 4 and 5: what settles in the process takes its time and its memory, and is lost with it. */
  it('is settled by nobody in the api: its event waits in the outbox', async () => {
    const before = await countOf('outbox');
    for (let count = 0; count < 5; count++) await shop.confirm(await shop.order());
    expect(await countOf('outbox')).toBe(before + 5);
    expect([await countOf('inbox'), await countOf('journal_entries')]).toEqual([0, 0]);
  });
});
