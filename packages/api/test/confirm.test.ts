import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const REFUSAL = { code: 'REJECT_CARD_COMPANY', message: '결제 승인이 거절되었습니다.' };

describe('confirm', () => {
  let shop: Shop;
  let provider: FakeProvider;
  beforeAll(async () => {
    provider = fakeProvider();
    shop = await openShop({ provider });
  });
  afterAll(() => shop.close());

  const timesAsked = (paymentKey: string) =>
    provider.confirmed.filter((payment) => payment.paymentKey === paymentKey).length;

  it('records payment, order and event', async () => {
    const orderId = await shop.order();
    const { status, body } = await shop.confirm(orderId, 'first');
    expect(status).toBe(200);
    expect(body.result).toEqual({
      paymentKey: 'first',
      orderId,
      status: 'done',
      amount: 38_000,
      refunded: 0,
      currency: 'KRW',
      payerId: 1,
      method: '카드',
      approvedAt: '2026-03-01T03:00:00.000Z',
      failure: null,
      replayed: false,
    });
    const order = await shop.call('GET', `/api/orders/${orderId}`);
    expect(order.body.result).toMatchObject({ status: 'paid', payment: { paymentKey: 'first' } });
    const [[event]] = await shop.database.admin.raw('SELECT * FROM outbox WHERE aggregate_id = ?', ['first']);
    expect(event).toMatchObject({
      aggregate_type: 'payment',
      event_type: 'PaymentConfirmed',
      event_version: 1,
    });
    expect(JSON.parse(event.payload)).toMatchObject({
      orderId,
      amount: '38000',
      approvedAt: '2026-03-01T03:00:00.000Z',
      shares: [
        { sellerId: '1', amount: '27000' },
        { sellerId: '2', amount: '11000' },
      ],
    });
  });

  it('gives the first result when the same payment comes again', async () => {
    const orderId = await shop.order();
    const first = await shop.confirm(orderId, 'again');
    const second = await shop.confirm(orderId, 'again');
    expect(second.body.result).toEqual({ ...first.body.result, replayed: true });
    expect(timesAsked('again')).toBe(1);
  });

  it('asks the provider once when the same payment comes twenty times at once', async () => {
    const orderId = await shop.order();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.confirm(orderId, 'twenty')));
    expect(timesAsked('twenty')).toBe(1);
    expect(answers.filter(({ body }) => body.result?.replayed === false)).toHaveLength(1);
    for (const answer of answers)
      if (answer.status !== 200) expectProblem(answer, 409, 'payment_in_progress');
  });

  it('lets one of twenty payments of an order through', async () => {
    const orderId = await shop.order();
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.confirm(orderId)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(provider.confirmed.filter((payment) => payment.orderId === orderId)).toHaveLength(1);
    const codes = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    expect(['payment_in_progress', 'order_already_paid']).toEqual(
      expect.arrayContaining([...new Set(codes)]),
    );
  });

  it('refuses a second payment of a paid order', async () => {
    const orderId = await shop.order();
    await shop.confirm(orderId, 'pays');
    expectProblem(await shop.confirm(orderId, 'too-late'), 409, 'order_already_paid');
    expect(timesAsked('too-late')).toBe(0);
  });

  it('refuses a paymentKey that was used for another order', async () => {
    await shop.confirm(await shop.order(), 'mine');
    expectProblem(await shop.confirm(await shop.order(), 'mine'), 409, 'payment_key_used');
    expect(timesAsked('mine')).toBe(1);
  });

  it('refuses another amount than the order’s, before anything is charged', async () => {
    const orderId = await shop.order();
    const answer = await shop.confirm(orderId, 'cheap', 37_999);
    expectProblem(answer, 422, 'amount_mismatch');
    expect(answer.body).toMatchObject({ orderAmount: 38_000, paymentAmount: 37_999 });
    expect(timesAsked('cheap')).toBe(0);
  });

  it('refuses an unknown order, and malformed fields', async () => {
    expectProblem(await shop.confirm('00000000-0000-7000-8000-000000000000'), 404, 'order_unknown');
    expectProblem(await shop.confirm('x'), 400, 'request_invalid');
    expectProblem(await shop.confirm('0'.repeat(36), 'key with spaces'), 400, 'request_invalid');
    expectProblem(await shop.confirm('0'.repeat(36), 'key', 0), 400, 'request_invalid');
    expectProblem(await shop.confirm('0'.repeat(36), 'key', '38000' as never), 400, 'request_invalid');
  });

  it('passes a refusal on, repeats it, and leaves the order to another payment', async () => {
    const orderId = await shop.order();
    provider.next.push(() => ({ outcome: 'refused', refusal: REFUSAL }));
    for (const _time of [1, 2]) {
      const answer = await shop.confirm(orderId, 'refused');
      expectProblem(answer, 402, 'payment_refused');
      expect(answer.body).toMatchObject({ providerCode: REFUSAL.code, providerMessage: REFUSAL.message });
    }
    expect(timesAsked('refused')).toBe(1);
    expect((await shop.call('GET', '/api/payments/refused')).body.result).toMatchObject({
      status: 'refused',
      failure: { code: REFUSAL.code },
    });
    expect((await shop.confirm(orderId, 'another-card')).status).toBe(200);
  });

  it('answers 202 when the provider does not say, and where to ask', async () => {
    const orderId = await shop.order();
    provider.next.push(() => ({ outcome: 'unknown' }));
    const answer = await shop.confirm(orderId, 'unknown');
    expect(answer.status).toBe(202);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('location')).toBe('/api/payments/unknown');
    expect(answer.body.result).toMatchObject({ status: 'confirming' });
    expect((await shop.call('GET', '/api/payments/unknown')).body.result.status).toBe('confirming');
    expectProblem(await shop.confirm(orderId, 'unknown'), 409, 'payment_in_progress');
    expectProblem(await shop.confirm(orderId, 'another'), 409, 'payment_in_progress');
  });

  it('gives the order back when nothing could be sent, and takes the same key later', async () => {
    const orderId = await shop.order();
    provider.next.push(() => ({ outcome: 'not_sent' }));
    const answer = await shop.confirm(orderId, 'later');
    expectProblem(answer, 503, 'payment_provider_unavailable');
    expect(answer.headers.get('retry-after')).toBe('30');
    expect((await shop.confirm(orderId, 'later')).body.result).toMatchObject({
      status: 'done',
      replayed: false,
    });
  });

  it('does not take a released key back from under a payment that came between', async () => {
    const orderId = await shop.order();
    provider.next.push(() => ({ outcome: 'not_sent' }));
    await shop.confirm(orderId, 'came-first');
    await shop.confirm(orderId, 'came-between');
    expectProblem(await shop.confirm(orderId, 'came-first'), 409, 'order_already_paid');
  });

  it('knows no payment that was never tried', async () => {
    expectProblem(await shop.call('GET', '/api/payments/never'), 404, 'payment_unknown');
    expectProblem(await shop.call('GET', '/api/orders/never-there'), 404, 'order_unknown');
  });
});
