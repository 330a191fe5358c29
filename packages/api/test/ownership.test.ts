import { randomUUID } from 'node:crypto';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, openBrowser } from './support/browser.ts';
import { openPaymentWindow } from './support/payment-window.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

/** Whoever logged in has their own things, and another's are not there. */
describe('a member', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let owner: Browser;
  let other: Browser;
  const staff: Partial<Record<'seller' | 'accountant' | 'operator', Browser>> = {};
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    shop = await openShop({ environment: { SANDBOX_URL: sandbox.url } });
    owner = openBrowser(shop);
    await owner.logIn('naver', 'minjun');
    other = openBrowser(shop);
    await other.logIn('kakao', 'seoyeon');
    for (const role of ['seller', 'accountant', 'operator'] as const) {
      const browser = openBrowser(shop);
      await browser.logIn('naver', role);
      staff[role] = browser;
    }
  });
  afterAll(async () => {
    await shop.close();
    await sandbox.close();
  });
  const idOf = async (browser: Browser) => (await browser.get('/api/me')).body.result.memberId as number;
  const cartOf = async (browser: Browser) => {
    await browser.send('PUT', '/api/cart/items/1', { quantity: 1 });
    return (await browser.get('/api/cart')).body.result.cartId as number;
  };
  const order = async (browser: Browser) => {
    const answer = await browser.send('POST', '/api/check-out', {
      cartId: await cartOf(browser),
      kimchiIds: [1],
    });
    expect(answer.status).toBe(200);
    return answer.body.result as { orderId: string; amount: number };
  };
  const window = async ({ orderId, amount }: { orderId: string; amount: number }) => {
    const paymentKey = await openPaymentWindow({ baseUrl: sandbox.url, orderId, amount });
    return { paymentKey, orderId, amount };
  };

  it('orders, pays and reads what is theirs, from log-in to payment', async () => {
    const ordered = await order(owner);
    const payment = await window(ordered);
    const confirmed = await owner.send('POST', '/api/payments/confirm', payment);
    expect(confirmed.body.result).toMatchObject({ status: 'done', payerId: await idOf(owner) });
    expect((await owner.get(`/api/orders/${ordered.orderId}`)).body.result.status).toBe('paid');
    expect((await owner.get(`/api/payments/${payment.paymentKey}`)).status).toBe(200);
  });

  it('does not see another’s order or payment, nor pay, cancel or replay it', async () => {
    const ordered = await order(owner);
    const payment = await window(ordered);
    const { orderId } = ordered;
    expectProblem(await other.get(`/api/orders/${orderId}`), 404, 'order_unknown');
    expectProblem(await other.send('POST', `/api/orders/${orderId}/cancel`), 404, 'order_unknown');
    expectProblem(await other.send('POST', '/api/payments/confirm', payment), 404, 'order_unknown');
    await owner.send('POST', '/api/payments/confirm', payment);
    expectProblem(await other.send('POST', '/api/payments/confirm', payment), 404, 'order_unknown');
    const path = `/api/payments/${payment.paymentKey}`;
    expectProblem(await other.get(path), 404, 'payment_unknown');
    const cancel = { cancelReason: 'mine' };
    expectProblem(await other.send('POST', `${path}/cancel`, cancel), 404, 'payment_unknown');
    const listed = await other.get('/api/orders');
    expect(JSON.stringify(listed.body)).not.toContain(orderId);
  });

  it('is not told whether an order is there, by the amount or otherwise', async () => {
    const { orderId, amount } = await order(owner);
    const probes = [
      { orderId, amount, paymentKey: randomUUID() },
      { orderId, amount: amount + 1, paymentKey: randomUUID() },
      { orderId: randomUUID(), amount, paymentKey: randomUUID() },
    ];
    for (const probe of probes) {
      const { body } = await other.send('POST', '/api/payments/confirm', probe);
      expect(body).toMatchObject({ code: 'order_unknown', detail: `There is no order ${probe.orderId}.` });
    }
  });

  it('does not order from another’s cart, nor in another’s name', async () => {
    const foreign = { cartId: await cartOf(owner), kimchiIds: [1] };
    expectProblem(await other.send('POST', '/api/check-out', foreign), 404, 'cart_unknown');
    const named = { cartId: await cartOf(other), kimchiIds: [1], buyerId: await idOf(owner) };
    expectProblem(await other.send('POST', '/api/check-out', named), 404, 'member_unknown');
    const priced = { cartId: await cartOf(other), kimchiIds: [1], amount: 1, price: 1, unitPrice: 1 };
    expect((await other.send('POST', '/api/check-out', priced)).body.result.amount).toBe(14_000);
  });

  it('who sells sees their own wallet, and nobody’s order', async () => {
    const { orderId } = await order(owner);
    expect((await staff.seller?.get('/api/sellers/1/wallet'))?.status).toBe(200);
    expectProblem(await must(staff.seller?.get('/api/sellers/2/wallet')), 404, 'seller_unknown');
    expectProblem(await must(staff.seller?.get(`/api/orders/${orderId}`)), 404, 'order_unknown');
    expectProblem(await owner.get('/api/sellers/1/wallet'), 403, 'role_missing');
  });

  it('of the staff reads what the role is for', async () => {
    const ordered = await order(owner);
    const payment = await window(ordered);
    await owner.send('POST', '/api/payments/confirm', payment);
    for (const role of ['accountant', 'operator'] as const) {
      for (const path of [
        `/api/orders/${ordered.orderId}`,
        `/api/payments/${payment.paymentKey}`,
        '/api/sellers/2/wallet',
        '/api/reports/trial-balance',
      ]) {
        expect({ role, path, status: (await must(staff[role]?.get(path))).status }).toEqual({
          role,
          path,
          status: 200,
        });
      }
    }
    expectProblem(await must(staff.accountant?.get('/api/members/1')), 403, 'role_missing');
    expectProblem(await must(staff.accountant?.send('POST', '/api/relay/replays', {})), 403, 'role_missing');
  });

  it('takes what they put into the cart before they logged in along', async () => {
    const visitor = openBrowser(shop);
    const token = 'v'.repeat(43);
    visitor.cookies.set('jangbu-cart', token);
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update(token).digest();
    await shop.database.admin.raw('INSERT INTO carts (token_digest, created_at) VALUES (?, NOW(6))', [
      digest,
    ]);
    await shop.database.admin.raw(
      `INSERT INTO cart_items (cart_id, product_id, quantity, added_at)
       SELECT cart_id, 4, 3, NOW(6) FROM carts WHERE token_digest = ?`,
      [digest],
    );
    await visitor.logIn('naver', 'jiho');
    expect(visitor.cookies.has('jangbu-cart')).toBe(false);
    const { body } = await visitor.get('/api/cart');
    expect(body.result.items).toMatchObject([{ kimchiId: 4, quantity: 3 }]);
  });
});

async function must<T>(answer: Promise<T> | undefined): Promise<T> {
  if (answer === undefined) throw new Error('Nobody was asked.');
  return answer;
}
