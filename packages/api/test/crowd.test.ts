import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';

const CROWD = 100;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ provider: fakeProvider() });
  // Before the crowd comes, so that nothing that is done once is counted.
  await shop.confirm(await shop.order());
});
afterAll(() => shop.close());

/** How often statements of this beginning were sent to the shop's database, and what they wrote. */
async function sent(beginning: string): Promise<{ statements: number; rows: number }> {
  const [[row]] = await shop.database.admin.raw(
    `SELECT COALESCE(SUM(count_star), 0) AS statements, COALESCE(SUM(sum_rows_affected), 0) AS written
       FROM performance_schema.events_statements_summary_by_digest
      WHERE schema_name = DATABASE() AND digest_text LIKE ?`,
    [`${beginning}%`],
  );
  return { statements: Number(row.statements), rows: Number(row.written) };
}

async function during(beginning: string, work: () => Promise<unknown>) {
  const before = await sent(beginning);
  await work();
  const after = await sent(beginning);
  return { statements: after.statements - before.statements, rows: after.rows - before.rows };
}

interface Paid {
  readonly status: string;
  readonly payments: number | string;
}

const together = <T>(make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => make(index)));

describe('a crowd', () => {
  it('has its orders written together, each at its own buyer’s wish', async () => {
    const wanted = (index: number) => [[1], [2, 2], [1, 2, 3]][index % 3] ?? [];
    let answers: Awaited<ReturnType<Shop['call']>>[] = [];
    const orders = await during('INSERT INTO `orders`', async () => {
      answers = await together((index) =>
        shop.call('POST', '/api/check-out', { ...CHECK_OUT, kimchiIds: wanted(index) }),
      );
    });
    expect(orders.rows).toBe(CROWD);
    expect(orders.statements).toBeLessThan(CROWD / 2);
    const quantities = answers.map(({ body }) =>
      body.result.lines.map((line: { kimchiId: number; quantity: number }) => [line.kimchiId, line.quantity]),
    );
    expect(quantities.slice(0, 3)).toEqual([
      [[1, 1]],
      [[2, 2]],
      [
        [1, 1],
        [2, 1],
        [3, 1],
      ],
    ]);
    expect(new Set(answers.map(({ body }) => body.result.orderId)).size).toBe(CROWD);
  });

  it('is refused one by one: what is wrong with one check-out is no matter of its neighbours', async () => {
    const bad = [{ cartId: 999_999 }, { buyerId: 999_999 }, { kimchiIds: [1, 999_999] }];
    const answers = await together((index) =>
      shop.call('POST', '/api/check-out', { ...CHECK_OUT, ...(index % 4 === 3 ? {} : bad[index % 4]) }),
    );
    const told = answers.map(({ status, body }) => body.code ?? status);
    expect(told.slice(0, 4)).toEqual(['cart_unknown', 'member_unknown', 'product_unknown', 200]);
    expect(told).toEqual(Array.from({ length: CROWD }, (_, index) => told[index % 4]));
  });

  it('has its payments claimed and recorded together', async () => {
    const orderIds = await together(() => shop.order());
    let claims = { statements: 0, rows: 0 };
    const events = await during('INSERT INTO `outbox`', async () => {
      claims = await during('INSERT INTO `payments`', async () => {
        const answers = await together((index) => shop.confirm(orderIds[index] ?? '', `crowd-${index}`));
        expect(answers.map(({ body }) => body.result.status)).toEqual(answers.map(() => 'done'));
        expect(answers.map(({ body }) => body.result.orderId)).toEqual(orderIds);
      });
    });
    expect(claims.rows).toBe(CROWD);
    expect(claims.statements).toBeLessThan(CROWD / 2);
    expect(events.rows).toBe(CROWD);
    expect(events.statements).toBeLessThan(CROWD / 2);
  });

  it('pays each order once, whatever else is tried beside it', async () => {
    const orderIds = await together(() => shop.order());
    const orderOf = (index: number) => orderIds[index] ?? '';
    const tries = await Promise.all([
      together((index) => shop.confirm(orderOf(index), `twin-${index}`)),
      together((index) => shop.confirm(orderOf(index), `twin-${index}`)),
      together((index) => shop.confirm(orderOf(index), `other-${index}`)),
      together((index) => shop.confirm(orderOf(index), `wrong-${index}`, 1)),
      together((index) => shop.confirm(`no-such-order-${index}`, `lost-${index}`)),
    ]);
    const [, , , wrong = [], unknown = []] = tries;
    expect(new Set(wrong.map(({ body }) => body.code))).toEqual(new Set(['amount_mismatch']));
    expect(new Set(unknown.map(({ body }) => body.code))).toEqual(new Set(['order_unknown']));
    const [rows] = await shop.database.admin.raw(
      `SELECT o.status, COUNT(p.payment_key) AS payments FROM orders AS o
         LEFT JOIN payments AS p ON p.order_id = o.order_id AND p.status = 'done'
        WHERE o.order_id IN (?) GROUP BY o.order_id`,
      [orderIds],
    );
    expect(rows).toHaveLength(CROWD);
    expect(rows.filter((row: Paid) => row.status !== 'paid' || Number(row.payments) !== 1)).toEqual([]);
  });
});
