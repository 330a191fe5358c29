import type { Schemas } from '@jangbu/client';
import { inTransaction } from '@jangbu/ledger-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cartTokenDigest } from '../src/cart/cart-token.ts';
import { mergeCarts } from '../src/cart/change-cart.ts';
import { callingAs } from './support/callers.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { type Answer, expectProblem, openShop, PRODUCTION, type Shop } from './support/shop.ts';

/** In production mode, where somebody without credentials is a visitor and not member 1. */
describe('the cart', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      provider: fakeProvider(),
      credentials: callingAs,
      environment: PRODUCTION,
    });
  });
  afterAll(() => shop.close());

  const member = (id: number) => ({ 'X-Caller': `buyer ${id}` });
  const put = (kimchiId: number, quantity: number, headers: Record<string, string>) =>
    shop.call('PUT', `/api/cart/items/${kimchiId}`, { quantity }, headers);
  const read = (headers: Record<string, string>) => shop.client(headers).get('/api/cart');
  const checkOut = (cartId: number | null, headers: Record<string, string>, more: object = {}) =>
    shop.call('POST', '/api/check-out', { cartId, ...more }, headers);
  const cookieOf = (answer: Answer) => ({ Cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const digestIn = ({ Cookie }: { Cookie: string }) => cartTokenDigest(Cookie.split('=')[1] ?? '');
  const quantitiesOf = (cart: Schemas['Cart']) =>
    cart.items.map(({ kimchiId, quantity }) => [kimchiId, quantity]);

  it('is a member’s, and holds what is put in at the catalogue’s prices', async () => {
    expect(await read(member(20))).toEqual({ cartId: null, items: [], amount: 0 });
    await put(1, 1, member(20));
    await put(4, 2, member(20));
    const { status, body } = await put(1, 3, member(20));
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ cartId: expect.any(Number), amount: 3 * 14_000 + 2 * 16_500 });
    expect(quantitiesOf(await read(member(20)))).toEqual([
      [1, 3],
      [4, 2],
    ]);
    expect(await read(member(21))).toMatchObject({ items: [] });
    const left = await shop.call('DELETE', '/api/cart/items/1', undefined, member(20));
    expect(quantitiesOf(left.body.result)).toEqual([[4, 2]]);
    expect((await shop.call('DELETE', '/api/cart', undefined, member(20))).body.result.items).toEqual([]);
  });

  it('marks what cannot be had any more, and does not count it', async () => {
    for (const [kimchiId, quantity] of [
      [21, 4],
      [8, 1],
      [2, 1],
    ] as const)
      await put(kimchiId, quantity, member(22));
    await shop.database.admin.raw(`UPDATE products SET status = 'hidden' WHERE product_id = 8`);
    const cart = await read(member(22));
    expect(cart.items.map(({ availability }) => availability)).toEqual(['short', 'gone', 'available']);
    expect(cart.amount).toBe(11_000);
    expectProblem(await checkOut(cart.cartId, member(22)), 409, 'product_unavailable');
    await shop.database.admin.raw(`UPDATE products SET status = 'on_sale' WHERE product_id = 8`);
    expectProblem(await checkOut(cart.cartId, member(22)), 409, 'stock_insufficient');
    expect(quantitiesOf(await read(member(22)))).toHaveLength(3);
  });

  it('becomes an order as a whole, once, and is empty then', async () => {
    await put(12, 2, member(23));
    await put(1, 1, member(23));
    const { cartId } = await read(member(23));
    const answers = await Promise.all(Array.from({ length: 4 }, () => checkOut(cartId, member(23))));
    const [made, ...others] = answers.sort((a, b) => a.status - b.status);
    expect(made?.body.result).toMatchObject({ amount: 2 * 17_500 + 14_000, buyerId: 23, cartId });
    for (const other of others) expectProblem(other, 409, 'cart_empty');
    expect(await read(member(23))).toMatchObject({ cartId, items: [] });
  });

  it('stays as it is when some of the catalogue is checked out', async () => {
    await put(1, 1, member(24));
    const { cartId } = await read(member(24));
    expect((await checkOut(cartId, member(24), { kimchiIds: [2] })).status).toBe(200);
    expect(quantitiesOf(await read(member(24)))).toEqual([[1, 1]]);
  });

  it('cannot be checked out by another, nor for another', async () => {
    await put(1, 1, member(25));
    const { cartId } = await read(member(25));
    expectProblem(await checkOut(cartId, member(26)), 404, 'cart_unknown');
    expectProblem(await checkOut(cartId, member(26), { kimchiIds: [1], buyerId: 26 }), 404, 'cart_unknown');
    expectProblem(await checkOut(cartId, member(25), { buyerId: 26 }), 404, 'member_unknown');
    expectProblem(await checkOut(cartId, {}), 401, 'credentials_missing');
    expect((await checkOut(cartId, { 'X-Caller': 'operator 1' }, { buyerId: 25 })).status).toBe(200);
  });

  it('is a visitor’s by a cookie that nobody can guess or read', async () => {
    const answer = await put(3, 2, {});
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-jangbu-cart=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const visitor = cookieOf(answer);
    const again = await put(5, 1, visitor);
    // The same, for as long again.
    expect(again.headers.get('set-cookie')).toBe(answer.headers.get('set-cookie'));
    expect(quantitiesOf(await read(visitor))).toEqual([
      [3, 2],
      [5, 1],
    ]);
    expect((await read({})).items).toEqual([]);
    expect((await read({ Cookie: '__Host-jangbu-cart=x' })).items).toEqual([]);
    const [[row]] = await shop.database.admin.raw(
      'SELECT COUNT(*) AS count FROM carts WHERE token_digest = ?',
      [digestIn(visitor)],
    );
    expect(Number(row.count)).toBe(1);
  });

  it('becomes part of the member’s at log-in, once', async () => {
    const visitor = cookieOf(await put(3, 2, {}));
    await put(5, 98, visitor);
    await put(5, 3, member(27));
    await put(6, 1, member(27));
    const tokenDigest = digestIn(visitor);
    await Promise.all(
      [27, 27, 27].map((memberId) =>
        inTransaction(shop.database.runtime, (trx) => mergeCarts(trx, { tokenDigest, memberId }, new Date())),
      ),
    );
    expect(quantitiesOf(await read(member(27))).sort()).toEqual([
      [3, 2],
      [5, 99],
      [6, 1],
    ]);
    expect((await read(visitor)).items).toEqual([]);
  });

  it('is one, whatever is put in at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((kimchiId) => put(kimchiId, 1, member(28))));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(answers.map(({ body }) => body.result.cartId)).size).toBe(1);
    expect((await read(member(28))).items).toHaveLength(6);
  });

  it.each([
    ['none of it', 1, { quantity: 0 }, 400, 'request_invalid'],
    ['a hundred', 1, { quantity: 100 }, 400, 'request_invalid'],
    ['half of one', 1, { quantity: 0.5 }, 400, 'request_invalid'],
    ['a price', 1, { quantity: 1, price: 1 }, 400, 'request_invalid'],
    ['what is not there', 99, { quantity: 1 }, 404, 'product_unknown'],
  ])('refuses %s', async (_name, kimchiId, body, status, code) => {
    const answer = await shop.call('PUT', `/api/cart/items/${kimchiId}`, body, member(29));
    expectProblem(answer, status, code);
  });
});
