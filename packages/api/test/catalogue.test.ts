import type { OptionsOf } from '@jangbu/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callingAs } from './support/callers.ts';
import { fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';
import { readStock } from './support/stock.ts';

const RADISH_KIMCHI = { name: '순무김치 1kg', price: 17_000, category: 'radish', stock: 5 } as const;

describe('the catalogue', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ provider: fakeProvider(), credentials: callingAs });
  });
  afterAll(() => shop.close());

  const list = (query: OptionsOf<'get', '/api/kimchi'>['query'] = {}) =>
    shop.client().get('/api/kimchi', { query });
  const idsOf = ({ items }: { readonly items: readonly { readonly kimchiId: number }[] }) =>
    items.map(({ kimchiId }) => kimchiId);
  const asSeller = (sellerId: number) => ({ 'X-Caller': `seller ${sellerId}` });
  const create = (fields: object = {}, sellerId = 2) =>
    shop.client(asSeller(sellerId)).post('/api/sellers/{sellerId}/kimchi', {
      params: { sellerId },
      body: { ...RADISH_KIMCHI, ...fields },
    });
  const change = (kimchiId: number, body: object, sellerId = 2) =>
    shop.call('PATCH', `/api/sellers/${sellerId}/kimchi/${kimchiId}`, body, asSeller(sellerId));

  it.each(['newest', 'price_asc', 'price_desc'] as const)(
    'lists all that is on sale once, page by page, by %s',
    async (sort) => {
      const whole = await list({ sort, limit: 100 });
      const ids: number[] = [];
      const all = shop.client().list('/api/kimchi', { query: { sort, limit: 7 } });
      for await (const { kimchiId } of all) ids.push(kimchiId);
      expect(ids).toEqual(idsOf(whole));
      expect(ids.length).toBeGreaterThanOrEqual(24);
      const prices = whole.items.map(({ price }) => price);
      if (sort === 'price_asc') expect(prices).toEqual([...prices].sort((a, b) => a - b));
      if (sort === 'price_desc') expect(prices).toEqual([...prices].sort((a, b) => b - a));
      if (sort === 'newest') expect(ids).toEqual([...ids].sort((a, b) => b - a));
    },
  );

  it('filters by category', async () => {
    const { items } = await list({ category: 'aged', sort: 'price_asc' });
    expect(idsOf({ items })).toEqual([22, 9, 21]);
    expect(items[2]).toEqual({
      kimchiId: 21,
      sellerId: '4',
      sellerName: '강원배추농장',
      name: '3년 묵은지 1kg',
      description: '태백 폐광 저장고에서 세 해를 익힌 묵은지',
      price: 29_000,
      category: 'aged',
      taxFree: false,
      available: 3,
    });
  });

  it.each([
    ['묵은지', [22, 21, 9]],
    // Within a word, of one character, in the description, and two words in any order.
    ['은지', [22, 21, 9]],
    ['갓', [16, 4]],
    ['고랭지', [7]],
    ['담근 배추', [13, 7, 1]],
    ['3kg', [7]],
    ['+-*"', []],
    ['치즈', []],
  ])('finds %s', async (q, expected) => {
    expect(idsOf(await list({ q }))).toEqual(expected);
  });

  it('refuses a cursor of another list, and what is none', async () => {
    const { nextCursor } = await list({ limit: 1 });
    for (const query of [
      `sort=price_asc&cursor=${nextCursor}`,
      `q=김치&cursor=${nextCursor}`,
      'cursor=x',
      'cursor=W10',
    ]) {
      expectProblem(await shop.call('GET', `/api/kimchi?${query}`), 400, 'cursor_malformed');
    }
  });

  it('shows a new kimchi at once, and its seller more of it', async () => {
    const made = await create();
    expect(made).toMatchObject({
      ...RADISH_KIMCHI,
      stock: { available: 5, reserved: 0 },
      version: 1,
      status: 'on_sale',
    });
    const { body } = await shop.call('GET', `/api/kimchi/${made.kimchiId}`);
    expect(body.result).toMatchObject({ kimchiId: made.kimchiId, sellerId: '2', available: 5 });
    expect(body.result).not.toHaveProperty('version');
    expect(idsOf(await list({ q: '순무' }))).toEqual([made.kimchiId]);
    const own = await shop.call('GET', '/api/sellers/2/kimchi?limit=1', undefined, asSeller(2));
    expect(own.body.result.items).toEqual([made]);
  });

  it('makes one kimchi of one Idempotency-Key', async () => {
    const headers = { ...asSeller(2), 'Idempotency-Key': 'put-up' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => shop.call('POST', '/api/sellers/2/kimchi', RADISH_KIMCHI, headers)),
    );
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body.result.kimchiId);
    expect(new Set(made).size).toBe(1);
  });

  it('is changed by who has seen its last version, of two at once by one', async () => {
    const { kimchiId } = await create();
    const answers = await Promise.all([
      change(kimchiId, { version: 1, price: 1_000 }),
      change(kimchiId, { version: 1, name: '순무김치 2kg' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'product_changed', version: 2 });
  });

  it('keeps orders as they were when a price changes', async () => {
    const { kimchiId } = await create();
    const body = { cartId: 1, kimchiIds: [kimchiId], buyerId: 1 };
    const checkOut = () => shop.client().post('/api/check-out', { body });
    const before = await checkOut();
    await change(kimchiId, { version: 1, price: 99_000 });
    expect((await checkOut()).amount).toBe(99_000);
    expect((await shop.call('GET', `/api/orders/${before.orderId}`)).body.result).toMatchObject({
      amount: 17_000,
      lines: [{ unitPrice: 17_000 }],
    });
    expect((await shop.confirm(before.orderId, 'old-price', 17_000)).status).toBe(200);
  });

  it('sells no more once it is hidden or ended, and what is ended stays so', async () => {
    const { kimchiId } = await create();
    const order = { cartId: 1, kimchiIds: [kimchiId], buyerId: 1 };
    await change(kimchiId, { version: 1, status: 'hidden' });
    expectProblem(await shop.call('GET', `/api/kimchi/${kimchiId}`), 404, 'product_unknown');
    expectProblem(await shop.call('POST', '/api/check-out', order), 409, 'product_unavailable');
    expect(idsOf(await list({ limit: 100 }))).not.toContain(kimchiId);
    await change(kimchiId, { version: 2, status: 'on_sale' });
    expect((await shop.call('POST', '/api/check-out', order)).status).toBe(200);
    await change(kimchiId, { version: 3, status: 'ended' });
    expectProblem(await change(kimchiId, { version: 4, status: 'on_sale' }), 409, 'product_ended');
  });

  it('takes stock as a figure or a change, and lets go of it and takes it up again', async () => {
    const { kimchiId } = await create();
    await shop.call('POST', '/api/check-out', { cartId: 1, kimchiIds: [kimchiId, kimchiId], buyerId: 1 });
    expect((await change(kimchiId, { version: 1, addStock: 10 })).body.result.stock).toMatchObject({
      available: 13,
      reserved: 2,
    });
    expectProblem(await change(kimchiId, { version: 2, addStock: -14 }), 409, 'stock_insufficient');
    expect((await change(kimchiId, { version: 2, stock: null })).body.result.stock).toBeNull();
    expect((await change(kimchiId, { version: 3, stock: 1 })).body.result.stock).toMatchObject({
      available: 1,
      reserved: 2,
    });
    expect(await readStock(shop, kimchiId)).toMatchObject({ received: 3 });
  });

  it('is nobody else’s', async () => {
    const { kimchiId } = await create();
    expectProblem(await change(kimchiId, { version: 1, price: 1 }, 3), 404, 'product_unknown');
    const path = `/api/sellers/2/kimchi/${kimchiId}`;
    const foreign = await shop.call('PATCH', path, { version: 1, price: 1 }, asSeller(3));
    expectProblem(foreign, 404, 'seller_unknown');
    expectProblem(await shop.call('GET', path, undefined, asSeller(3)), 404, 'seller_unknown');
    expectProblem(
      await shop.call('POST', '/api/sellers/2/kimchi', RADISH_KIMCHI, { 'X-Caller': 'buyer 5' }),
      403,
      'role_missing',
    );
    expect((await shop.call('GET', path, undefined, asSeller(2))).body.result).toMatchObject({
      version: 1,
      price: 17_000,
    });
  });

  it.each([
    ['no name', { name: ' ' }],
    ['a name of 101 characters', { name: '가'.repeat(101) }],
    ['a line break in a name', { name: 'a\nb' }],
    ['half a character', { name: '\ud800' }],
    ['no price', { price: undefined }],
    ['a price of zero', { price: 0 }],
    ['a price above a thousand million', { price: 1_000_000_001 }],
    ['half a won', { price: 0.5 }],
    ['less than no stock', { stock: -1 }],
    ['another category', { category: 'cheese' }],
    ['a seller of its own choice', { sellerId: 1 }],
    ['a version', { version: 9 }],
  ])('refuses %s', async (_name, fields) => {
    const body = { ...RADISH_KIMCHI, ...fields };
    expectProblem(
      await shop.call('POST', '/api/sellers/2/kimchi', body, asSeller(2)),
      400,
      'request_invalid',
    );
  });
});
