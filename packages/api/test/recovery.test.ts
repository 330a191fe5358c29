import { openDatabase } from '@jangbu/ledger-core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type RecoveryContext, recoverPayments } from '../src/payments/recovery.ts';
import { approve, type FakeProvider, fakeProvider } from './support/fake-provider.ts';
import { type DatabaseProxy, proxyTo } from './support/proxy.ts';
import { expectProblem, openShop, type Shop } from './support/shop.ts';

const HOUR_MS = 3_600_000;
const REFUSAL = { code: 'REJECT_CARD_PAYMENT', message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.' };

describe('recovery', () => {
  let shop: Shop;
  let provider: FakeProvider;
  let proxy: DatabaseProxy;
  let orderId: string;
  beforeEach(async () => {
    provider = fakeProvider();
    shop = await openShop({
      provider,
      through: async (url) => {
        proxy = await proxyTo(url);
        return proxy.url;
      },
    });
    orderId = await shop.order();
  });
  afterEach(async () => {
    await shop.close();
    await proxy.cut();
  });

  /** Recovers as a process would that looks so long after now. */
  const recover = (laterMs: number, overrides: Partial<RecoveryContext> = {}) =>
    recoverPayments({
      knex: shop.database.runtime,
      provider,
      clock: () => new Date(Date.now() + laterMs),
      recoveryAfterMs: HOUR_MS,
      failPoint: () => {},
      log: pino({ level: 'silent' }),
      ...overrides,
    });
  const stateOf = async (paymentKey: string) =>
    (await shop.call('GET', `/api/payments/${paymentKey}`)).body.result;
  const leaveOpen = async (paymentKey: string) => {
    provider.next.push(() => ({ outcome: 'unknown' }));
    expect((await shop.confirm(orderId, paymentKey)).status).toBe(202);
  };

  it('records what the provider approved and could not say', async () => {
    provider.next.push((payment) => {
      approve(provider.state, payment);
      return { outcome: 'unknown' };
    });
    await shop.confirm(orderId, 'dropped');
    expect(await recover(2_000)).toEqual(['done']);
    expect(await stateOf('dropped')).toMatchObject({
      status: 'done',
      approvedAt: '2026-03-01T03:00:00.000Z',
    });
    expect(await recover(HOUR_MS)).toEqual([]);
    expect((await shop.confirm(orderId, 'dropped')).body.result).toMatchObject({ replayed: true });
  });

  it('records once what four processes find at once', async () => {
    provider.next.push((payment) => {
      approve(provider.state, payment);
      return { outcome: 'unknown' };
    });
    await shop.confirm(orderId, 'raced');
    const knexes = Array.from({ length: 4 }, () => openDatabase({ url: shop.database.runtimeUrl }));
    try {
      const outcomes = await Promise.all(knexes.map((knex) => recover(2_000, { knex })));
      expect(outcomes.flat().filter((became) => became === 'done')).toHaveLength(1);
    } finally {
      await Promise.all(knexes.map((knex) => knex.destroy()));
    }
  });

  it('is fenced when the request comes back after it', async () => {
    provider.next.push(async (payment) => {
      const answer = approve(provider.state, payment);
      expect(await recover(HOUR_MS + 1_000)).toEqual(['done']);
      return answer;
    });
    const { status, body } = await shop.confirm(orderId, 'slow');
    expect({ status, result: body.result }).toMatchObject({
      status: 200,
      result: { status: 'done', replayed: true },
    });
  });

  it('sends again, as the same payment, what the provider never got', async () => {
    await leaveOpen('never-got');
    provider.state.set('never-got', { outcome: 'unconfirmed' });
    expect(await recover(2_000)).toEqual(['done']);
    expect(provider.confirmed).toHaveLength(2);
    expect(provider.confirmed[1]).toMatchObject({ paymentKey: 'never-got', orderId, amount: 38_000n });
  });

  it('passes on the refusal of what it sent again', async () => {
    await leaveOpen('refused');
    provider.state.set('refused', { outcome: 'unconfirmed' });
    provider.next.push(() => ({ outcome: 'refused', refusal: REFUSAL }));
    expect(await recover(2_000)).toEqual(['refused']);
    expect(await stateOf('refused')).toMatchObject({ status: 'refused', failure: REFUSAL });
    expect((await shop.confirm(orderId, 'another')).status).toBe(200);
  });

  it('does not send again what is past its ten minutes', async () => {
    await leaveOpen('expired');
    provider.state.set('expired', { outcome: 'unconfirmed' });
    expect(await recover(10 * 60_000)).toEqual(['refused']);
    expect(provider.confirmed).toHaveLength(1);
    expect(await stateOf('expired')).toMatchObject({ failure: { code: 'EXPIRED' } });
  });

  it('frees the order of a payment that the provider does not know', async () => {
    await leaveOpen('unheard-of');
    expect(await recover(2_000)).toEqual(['refused']);
    expect(await stateOf('unheard-of')).toMatchObject({ failure: { code: 'NOT_FOUND_PAYMENT' } });
    expectProblem(await shop.confirm(orderId, 'unheard-of'), 402, 'payment_refused');
  });

  it('does not take another order’s approval, or another amount’s, for its own', async () => {
    await leaveOpen('foreign');
    const approval = { approvedAt: new Date(), method: null };
    provider.state.set('foreign', { outcome: 'approved', approval, orderId, amount: 1n });
    expect(await recover(2_000)).toEqual(['refused']);
    expect(await stateOf('foreign')).toMatchObject({ failure: { code: 'PAYMENT_OF_ANOTHER_ORDER' } });
  });

  it('leaves alone what is younger than its time', async () => {
    await leaveOpen('young');
    expect(await recover(0)).toEqual([]);
    expect(provider.lookedUp).toEqual([]);
  });

  it('comes back later, and ever less often, while the provider does not say', async () => {
    await leaveOpen('silent');
    provider.state.set('silent', { outcome: 'unknown' });
    expect(await recover(2_000)).toEqual(['waiting']);
    expect(await recover(2_500)).toEqual([]);
    expect(await recover(60_000)).toEqual(['waiting']);
    expect(await recover(80_000)).toEqual([]);
    expect(await recover(91_000)).toEqual(['waiting']);
  });

  it('goes on with others when one fails', async () => {
    await leaveOpen('fails');
    orderId = await shop.order();
    await leaveOpen('works');
    provider.state.set('works', { outcome: 'unconfirmed' });
    const lookUp: FakeProvider['lookUp'] = (paymentKey) =>
      paymentKey === 'fails' ? Promise.reject(new Error('a defect')) : provider.lookUp(paymentKey);
    expect((await recover(2_000, { provider: { ...provider, lookUp } })).sort()).toEqual(['done', 'failed']);
    expect(await stateOf('fails')).toMatchObject({ status: 'confirming' });
  });

  it('finishes what was approved while MySQL was away', async () => {
    provider.next.push(async (payment) => {
      const answer = approve(provider.state, payment);
      await proxy.cut();
      return answer;
    });
    const answer = await shop.confirm(orderId, 'cut-off');
    expectProblem(answer, 503, 'payment_recording_delayed');
    expectProblem(await shop.call('GET', '/health/ready'), 503, 'database_unreachable');
    await proxy.mend();
    expect((await shop.call('GET', '/health/ready')).status).toBe(200);
    expect(await stateOf('cut-off')).toMatchObject({ status: 'confirming' });
    expect(await recover(HOUR_MS + 1_000)).toEqual(['done']);
    expect(await stateOf('cut-off')).toMatchObject({ status: 'done' });
  });

  it('runs by itself beside the API', async () => {
    const other = await openShop({
      provider,
      environment: { RECOVERY_AFTER_MS: '0', RECOVERY_EVERY_MS: '20' },
    });
    try {
      provider.next.push((payment) => {
        approve(provider.state, payment);
        return { outcome: 'unknown' };
      });
      await other.confirm(await other.order(), 'by-itself');
      await waitFor('the payment to be recovered', async () => {
        const { body } = await other.call('GET', '/api/payments/by-itself');
        return body.result.status === 'done';
      });
    } finally {
      await other.close();
    }
  });
});
