import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, openShop, type Shop } from './support/shop.ts';

const CROWD = 100;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ provider: fakeProvider() });
});
afterAll(() => shop.close());

interface Paid {
  readonly status: string;
  readonly payments: number | string;
}

const together = <T>(make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => make(index)));

describe('a crowd', () => {
  it('has its orders written together, each at its own buyer’s wish', async () => {
    const wanted = (index: number) => [[1], [2, 2], [1, 2, 3]][index % 3] ?? [];
    const answers = await together((index) =>
      shop.call('POST', '/api/check-out', { ...CHECK_OUT, kimchiIds: wanted(index) }),
    );
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
    const answers = await together((index) => shop.confirm(orderIds[index] ?? '', `crowd-${index}`));
    expect(answers.map(({ body }) => body.result.status)).toEqual(answers.map(() => 'done'));
    expect(answers.map(({ body }) => body.result.orderId)).toEqual(orderIds);
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
