import { inTransaction } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { cancelOrder } from '../src/orders/cancel-order.ts';
import { expireOrders } from '../src/orders/expire-orders.ts';
import { recoverPayments } from '../src/payments/recovery.ts';
import { type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';
import { withStatementSummaries } from './support/statement-summaries.ts';

/** The seed's first lesson: a statement without an index scans its table, locks what it scans, and deadlocks under a crowd. */
describe('the statements of check-out and payment', () => {
  let shop: Shop;
  let provider: FakeProvider;
  beforeAll(async () => {
    provider = fakeProvider();
    shop = await openShop({ provider });
    for (let count = 0; count < 200; count++) await shop.confirm(await shop.order(), `old-${count}`);
    await shop.database.admin.raw('ANALYZE TABLE orders, payments, members, products, carts, sellers');
  });
  afterAll(() => shop.close());

  it('go by an index, and read no more rows than they need', async () => {
    const all = await withStatementSummaries(shop.database.admin, async () => {
      await runEveryStatement();
      return readStatements();
    });
    // A page is made of a few ranges of ids first, each read from its end: MySQL counts the reading of that page as a scan.
    const isPage = ({ text }: { text: string }) => / AS PAGE JOIN /.test(text);
    expect(all.filter(isPage).length).toBe(3);
    expect(all.filter(isPage).filter(({ most }) => most > 3 * 21)).toEqual([]);
    const statements = all.filter((statement) => !isPage(statement));
    expect(statements.length).toBeGreaterThanOrEqual(25);
    expect(statements.filter(({ unindexed }) => unindexed > 0)).toEqual([]);
    expect(statements.filter(({ most }) => most > 10)).toEqual([]);
  });

  async function runEveryStatement(): Promise<void> {
    await shop.call('POST', '/api/check-out', CHECK_OUT, { 'Idempotency-Key': 'once' });
    await shop.call('POST', '/api/check-out', CHECK_OUT, { 'Idempotency-Key': 'once' });
    const orderId = await shop.order();
    provider.next.push(() => ({ outcome: 'not_sent' }));
    await shop.confirm(orderId, 'plan-1');
    await shop.confirm(orderId, 'plan-1');
    await shop.confirm(orderId, 'plan-1');
    provider.next.push(() => ({ outcome: 'refused', refusal: { code: 'X', message: 'x' } }));
    await shop.confirm(await shop.order(), 'plan-2');
    provider.next.push(() => ({ outcome: 'unknown' }));
    await shop.confirm(await shop.order(), 'plan-3');
    await recoverPayments({
      knex: shop.database.runtime,
      provider,
      clock: () => new Date(Date.now() + 2_000),
      recoveryAfterMs: 0,
      failPoint: () => {},
      log: pino({ level: 'silent' }),
    });
    await shop.confirm((await checkOut([12, 13])).orderId, 'plan-4', 29_500);
    const cancelled = await checkOut([12]);
    await inTransaction(shop.database.runtime, (trx) => cancelOrder(trx, cancelled.orderId, () => true));
    await checkOut([12, 13]);
    await expireOrders({
      knex: shop.database.runtime,
      clock: () => new Date(Date.parse(cancelled.expiresAt ?? '') + 60_000),
    });
    await shop.call('GET', `/api/orders/${orderId}`);
    for (const query of ['', '?status=paid', '?limit=2']) await shop.call('GET', `/api/orders${query}`);
    await shop.call('GET', '/api/sellers/1/orders?limit=3');
    await shop.call('GET', `/api/sellers/1/orders/${orderId}`);
    for (const kimchiId of [1, 2]) await shop.call('PUT', `/api/cart/items/${kimchiId}`, { quantity: 1 });
    await shop.call('DELETE', '/api/cart/items/2');
    await shop.call('POST', '/api/check-out', { cartId: 1 });
    await shop.call('GET', '/api/order-findings');
    await shop.call('GET', '/api/payments/plan-1');
    await shop.call('GET', '/api/sellers/1/wallet');
    await shop.call('GET', '/api/kimchi/1/lowest-price');
  }

  async function checkOut(kimchiIds: readonly number[]) {
    return (await shop.call('POST', '/api/check-out', { cartId: 1, kimchiIds, buyerId: 1 })).body.result;
  }

  /** What MySQL itself has seen of the runtime user's statements on the shop's tables. */
  async function readStatements() {
    const [rows] = await shop.database.admin.raw(
      `SELECT digest_text AS text, sum_no_index_used AS unindexed,
              CEILING(sum_rows_examined / count_star) AS most
         FROM performance_schema.events_statements_summary_by_digest
        WHERE schema_name = ? AND digest_text REGEXP 'orders|payments|idempotency_keys|carts|sellers|product_stocks'
          AND digest_text NOT REGEXP '^(CREATE|ANALYZE|GRANT|INSERT INTO .(members|carts|products|product_stocks|sellers))'`,
      [shop.database.name],
    );
    return rows.map((row: { text: string; unindexed: string; most: string }) => ({
      text: row.text,
      unindexed: Number(row.unindexed),
      most: Number(row.most),
    })) as { text: string; unindexed: number; most: number }[];
  }
});
