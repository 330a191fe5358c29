import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeProvider } from './support/fake-provider.ts';
import { CHECK_OUT, expectProblem, openShop, type Shop } from './support/shop.ts';

describe('check-out', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider() });
  });
  afterAll(() => shop.close());

  const checkOut = (body: unknown, headers: Record<string, string> = {}) =>
    shop.call('POST', '/api/check-out', body, headers);
  const countOrders = async () => {
    const [[row]] = await shop.database.admin.raw('SELECT COUNT(*) AS count FROM orders');
    return Number(row.count);
  };

  it('prices kimchi 1, 2 and 3 at 38,000 won, and says what and whose they are', async () => {
    const { status, body } = await checkOut({ ...CHECK_OUT, seed: '{{ date.now }}', amount: 1 });
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ amount: 38_000, currency: 'KRW', orderName: '포기김치 1kg 외 2건' });
    expect(body.result.lines).toHaveLength(3);
    expect(new Set(body.result.lines.map((line: { sellerId: string }) => line.sellerId)).size).toBe(2);
    const { body: order } = await shop.call('GET', `/api/orders/${body.result.orderId}`);
    expect(order.result).toEqual({ ...body.result, status: 'awaiting_payment', payment: null });
  });

  it('takes ids as text, and an id twice as a quantity', async () => {
    const { body } = await checkOut({ cartId: '1', kimchiIds: ['1', 1], buyerId: '2' });
    expect(body.result).toMatchObject({ amount: 28_000, buyerId: 2, lines: [{ quantity: 2 }] });
  });

  it('makes two orders of one seed', async () => {
    const one = await checkOut({ ...CHECK_OUT, seed: 'same' });
    const other = await checkOut({ ...CHECK_OUT, seed: 'same' });
    expect(one.body.result.orderId).not.toBe(other.body.result.orderId);
  });

  it('gives the first answer when the same Idempotency-Key and body come again', async () => {
    const first = await checkOut(CHECK_OUT, { 'Idempotency-Key': 'again' });
    const before = await countOrders();
    const { cartId, kimchiIds, buyerId } = CHECK_OUT;
    const second = await checkOut({ buyerId, kimchiIds, cartId }, { 'Idempotency-Key': 'again' });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await countOrders()).toBe(before);
  });

  it('refuses the same Idempotency-Key with another body', async () => {
    await checkOut(CHECK_OUT, { 'Idempotency-Key': 'other' });
    const other = await checkOut({ ...CHECK_OUT, kimchiIds: [1] }, { 'Idempotency-Key': 'other' });
    expectProblem(other, 422, 'idempotency_conflict');
  });

  it('makes one order of twenty requests with one Idempotency-Key at once', async () => {
    const before = await countOrders();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => checkOut(CHECK_OUT, { 'Idempotency-Key': 'crowd' })),
    );
    const answered = answers.filter(({ status }) => status === 200);
    expect(answered.length).toBeGreaterThan(0);
    expect(new Set(answered.map(({ body }) => body.result.orderId)).size).toBe(1);
    for (const answer of answers)
      if (answer.status !== 200) expectProblem(answer, 409, 'idempotency_in_flight');
    expect(await countOrders()).toBe(before + 1);
  });

  it('says that the first request is under way while its transaction is open', async () => {
    const trx = await shop.database.admin.transaction();
    try {
      await trx.raw(
        `INSERT INTO idempotency_keys (member_id, operation, idempotency_key, fingerprint, created_at)
         VALUES (1, 'POST /api/check-out', 'open', REPEAT('x', 32), NOW(6))`,
      );
      expectProblem(await checkOut(CHECK_OUT, { 'Idempotency-Key': 'open' }), 409, 'idempotency_in_flight');
    } finally {
      await trx.rollback();
    }
    expect((await checkOut(CHECK_OUT, { 'Idempotency-Key': 'open' })).status).toBe(200);
  });

  it.each([
    ['an unknown cart', { ...CHECK_OUT, cartId: 99 }, 404, 'cart_unknown'],
    ['an unknown buyer', { ...CHECK_OUT, buyerId: 1001 }, 404, 'member_unknown'],
    ['an unknown product', { ...CHECK_OUT, kimchiIds: [1, 77] }, 404, 'product_unknown'],
    ['only unknown products', { ...CHECK_OUT, kimchiIds: [77] }, 404, 'product_unknown'],
    ['no products', { ...CHECK_OUT, kimchiIds: [] }, 400, 'request_invalid'],
    ['101 products', { ...CHECK_OUT, kimchiIds: Array(101).fill(1) }, 400, 'request_invalid'],
    ['a product that is no id', { ...CHECK_OUT, kimchiIds: [[1]] }, 400, 'request_invalid'],
    ['a buyer that is no id', { ...CHECK_OUT, buyerId: 'me' }, 400, 'request_invalid'],
    ['a list', [], 400, 'request_invalid'],
  ])('refuses %s', async (_name, body, status, code) => {
    expectProblem(await checkOut(body), status, code);
  });
});
