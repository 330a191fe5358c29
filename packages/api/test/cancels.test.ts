import { randomUUID } from 'node:crypto';
import { createLedger, readEvents, SETTLEMENT_CONSUMER, settlementHandlers } from '@jangbu/ledger-core';
import { type Sandbox, startSandbox } from '@jangbu/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../../scripts/testing/wait-for.ts';
import { type Caller, ROLES } from '../src/http/caller.ts';
import { checkShop } from '../src/index.ts';
import { openPaymentWindow } from './support/payment-window.ts';
import { type Answer, expectProblem, openShop, type Shop } from './support/shop.ts';

const OPERATOR: Caller = { memberId: 1, roles: ROLES };

/** Kimchi 1 and 3 are seller 1's, 14,000 and 13,000 won; kimchi 2 is seller 2's, 11,000 won. */
describe('cancelling a payment', () => {
  let sandbox: Sandbox;
  let shop: Shop;
  let caller = OPERATOR;
  // The provider takes one cancel a second for a payment: the tests move its clock instead of waiting.
  let passedMs = 0;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, clock: () => new Date(Date.now() + passedMs) });
    shop = await openShop({
      environment: { SANDBOX_URL: sandbox.url, RECOVERY_AFTER_MS: '100', RECOVERY_EVERY_MS: '50' },
      credentials: { readCaller: () => caller },
    });
  });
  beforeEach(async () => {
    caller = OPERATOR;
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
  });
  afterAll(async () => {
    try {
      await settleAndProve();
    } finally {
      await shop.close();
      await sandbox.close();
    }
  });

  const fault = (what: object) =>
    fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(what) });
  const pay = async (payerId = 7): Promise<string> => {
    const order = { orderId: await shop.order(), memberId: payerId, amount: 38_000 };
    return (await shop.call('POST', '/test/confirm', order)).body.result.paymentKey;
  };
  const cancel = (paymentKey: string, more: object = {}, headers = {}): Promise<Answer> => {
    passedMs += 1_000;
    const body = { cancelReason: '단순 변심', ...more };
    return shop.call('POST', `/api/payments/${paymentKey}/cancel`, body, headers);
  };
  const stateOf = async (paymentKey: string) =>
    (await shop.call('GET', `/api/payments/${paymentKey}`)).body.result;
  const atProvider = async (paymentKey: string, path = '', body?: object) => {
    const authorization = `Basic ${btoa(`${sandbox.tossSecretKey}:`)}`;
    const response = await fetch(`${sandbox.url}/v1/payments/${paymentKey}${path}`, {
      headers: { authorization },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as { balanceAmount: number; cancels: object[] | null };
  };
  const cancelAtProvider = (paymentKey: string, cancelAmount: number) => {
    passedMs += 1_000;
    return atProvider(paymentKey, '/cancel', { cancelReason: '가맹점 관리자', cancelAmount });
  };
  const hear = (body: object) => shop.call('POST', '/webhooks/toss', body);

  it('gives all of it back, and nothing more', async () => {
    const paymentKey = await pay();
    const { status, body } = await cancel(paymentKey);
    expect({ status, ...body.result }).toMatchObject({
      status: 'done',
      amount: 38_000,
      refundable: 0,
      replayed: false,
      shares: [
        { sellerId: '1', amount: 27_000 },
        { sellerId: '2', amount: 11_000 },
      ],
    });
    const state = await stateOf(paymentKey);
    expect(state).toMatchObject({ status: 'cancelled', amount: 38_000, refunded: 38_000 });
    expect(state.cancels).toMatchObject([{ cancelId: body.result.cancelId, status: 'done' }]);
    const order = await shop.call('GET', `/api/orders/${state.orderId}`);
    expect(order.body.result).toMatchObject({ status: 'cancelled', payment: { status: 'cancelled' } });
    expectProblem(await cancel(paymentKey), 409, 'payment_cancelled');
    // The same confirm again still tells of the payment, and charges nothing.
    const again = await shop.confirm(state.orderId, paymentKey);
    expect(again.body.result).toMatchObject({ status: 'cancelled', replayed: true });
  });

  it('gives parts back until nothing is left, of all sellers, of one, and by what was bought', async () => {
    const paymentKey = await pay();
    const parts = [
      [{ cancelAmount: 3_800 }, [2_700, 1_100]],
      [{ sellerId: 2, cancelAmount: 900 }, [900]],
      [{ items: [{ kimchiId: 3, quantity: 1 }] }, [13_000]],
    ] as const;
    for (const [asked, amounts] of parts) {
      const { body } = await cancel(paymentKey, asked);
      expect(body.result.shares.map(({ amount }: { amount: number }) => amount)).toEqual(amounts);
    }
    expect(await stateOf(paymentKey)).toMatchObject({ status: 'partially_cancelled', refunded: 17_700 });
    expectProblem(await cancel(paymentKey, { cancelAmount: 20_301 }), 422, 'cancel_exceeds_refundable');
    expectProblem(await cancel(paymentKey, { sellerId: 4 }), 422, 'cancel_line_unknown');
    expect((await cancel(paymentKey)).body.result).toMatchObject({ amount: 20_300, refundable: 0 });
    expect((await stateOf(paymentKey)).cancels).toHaveLength(4);
    expect(await atProvider(paymentKey)).toMatchObject({ balanceAmount: 0 });
  });

  it('gives the first answer when the same key comes twice, and refuses another request with it', async () => {
    const paymentKey = await pay();
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await cancel(paymentKey, { cancelAmount: 1_000 }, key);
    const again = await cancel(paymentKey, { cancelAmount: 1_000 }, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expectProblem(await cancel(paymentKey, { cancelAmount: 2_000 }, key), 422, 'idempotency_conflict');
    // As after a process that died before it kept the answer: the cancel itself knows its key.
    await shop.database.admin.raw('DELETE FROM idempotency_keys');
    const anew = await cancel(paymentKey, { cancelAmount: 1_000 }, key);
    expect(anew.body.result).toEqual({ ...first.body.result, replayed: true });
    expect(await stateOf(paymentKey)).toMatchObject({ refunded: 1_000 });
  });

  it('takes a key for another payment or amount for a mistake, however long ago it was used', async () => {
    const [first, second] = [await pay(), await pay()];
    const key = { 'Idempotency-Key': randomUUID() };
    await cancel(first, { cancelAmount: 1_000 }, key);
    // As after a day, when answers are swept.
    await shop.database.admin.raw('DELETE FROM idempotency_keys');
    expectProblem(await cancel(second, { cancelAmount: 1_000 }, key), 422, 'idempotency_conflict');
    await shop.database.admin.raw('DELETE FROM idempotency_keys');
    expectProblem(await cancel(first, { cancelAmount: 2_000 }, key), 422, 'idempotency_conflict');
    expect(await stateOf(second)).toMatchObject({ refunded: 0 });
  });

  it('lets twins give back no more than one of them, and a crowd no more than there is', async () => {
    const paymentKey = await pay();
    const key = { 'Idempotency-Key': randomUUID() };
    const twins = await Promise.all([1, 2, 3].map(() => cancel(paymentKey, { cancelAmount: 100 }, key)));
    expect(twins.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await stateOf(paymentKey)).toMatchObject({ refunded: 100 });
    const crowd = await Promise.all(
      Array.from({ length: 12 }, () => cancel(paymentKey, { cancelAmount: 15_000 })),
    );
    const answers = new Set(crowd.map(({ status, body }) => `${status} ${body.code ?? ''}`));
    expect(
      [...answers].filter((answer) => !/^(200 |409 cancel_in_progress|422 cancel_ex)/.test(answer)),
    ).toEqual([]);
    const { refunded, cancels } = await stateOf(paymentKey);
    expect(await atProvider(paymentKey)).toMatchObject({ balanceAmount: 38_000 - refunded });
    expect(refunded).toBe(100 + 15_000 * (cancels.length - 1));
  });

  it('waits out that the provider takes one cancel a second', async () => {
    const paymentKey = await pay();
    await cancel(paymentKey, { cancelAmount: 1_000 });
    passedMs -= 1_000;
    expect((await cancel(paymentKey, { cancelAmount: 2_000 })).body.result.status).toBe('done');
    expect(await stateOf(paymentKey)).toMatchObject({ refunded: 3_000 });
  });

  it.each([
    ['the answer is lost', { dropAnswer: 'after' }],
    ['a gateway fails afterwards', { status: 500, afterWork: true }],
    ['the request is lost', { dropAnswer: 'before' }],
  ])('is done once where %s', async (_name, what) => {
    const paymentKey = await pay();
    await fault({ route: 'cancel', paymentKey, ...what });
    expect((await cancel(paymentKey, { cancelAmount: 5_000 })).body.result.status).toBe('done');
    expect(await atProvider(paymentKey)).toMatchObject({ balanceAmount: 33_000, cancels: [{}] });
  });

  it.each([
    ['happened', { dropAnswer: 'after' }],
    ['did not happen', { dropAnswer: 'before' }],
  ])('is left to recovery where nobody says what became of it, and it %s', async (_name, what) => {
    const paymentKey = await pay();
    await fault({ route: 'cancel', paymentKey, times: 1, ...what });
    await fault({ route: 'get', paymentKey, times: 2, status: 503 });
    const { status, headers, body } = await cancel(paymentKey, { cancelAmount: 5_000 });
    expect({ status, is: body.result.status }).toEqual({ status: 202, is: 'cancelling' });
    expect(headers.get('location')).toBe(`/api/payments/${paymentKey}`);
    expectProblem(await cancel(paymentKey), 409, 'cancel_in_progress');
    passedMs += 2_000;
    await waitFor('the cancel to be done', async () => (await stateOf(paymentKey)).refunded === 5_000);
    expect(await atProvider(paymentKey)).toMatchObject({ balanceAmount: 33_000, cancels: [{}] });
  });

  it.each([
    ['as the order has it', 12_900],
    ['although the payment window was told of nothing', 0],
  ])('gives back parts of what bears no VAT, %s', async (_name, taxFreeAmount) => {
    // Kimchi 11 bears none: 12,900 won of seller 4.
    const checkOut = await shop.call('POST', '/api/check-out', { cartId: 1, kimchiIds: [1, 11], buyerId: 1 });
    const { orderId, amount } = checkOut.body.result;
    const paymentKey = await openPaymentWindow({ baseUrl: sandbox.url, orderId, amount, taxFreeAmount });
    expect((await shop.confirm(orderId, paymentKey, amount)).status).toBe(200);
    for (const part of [
      { items: [{ kimchiId: 11, quantity: 1 }] },
      { cancelAmount: 4_000 },
      { sellerId: 1, cancelAmount: 9_999 },
      {},
    ])
      expect((await cancel(paymentKey, part)).body.result).toMatchObject({ status: 'done' });
    expect(await atProvider(paymentKey)).toMatchObject({ balanceAmount: 0, taxFreeAmount: 0 });
  });

  it('tells why the provider refuses, and can be asked again', async () => {
    const paymentKey = await pay();
    await fault({ route: 'cancel', paymentKey, status: 403, code: 'NOT_CANCELABLE_PAYMENT' });
    const key = { 'Idempotency-Key': randomUUID() };
    const answer = await cancel(paymentKey, {}, key);
    expectProblem(answer, 422, 'cancel_refused');
    expect(answer.body.providerCode).toBe('NOT_CANCELABLE_PAYMENT');
    expect((await stateOf(paymentKey)).cancels).toEqual([]);
    expect((await cancel(paymentKey, {}, key)).status).toBe(200);
  });

  it.each([
    ['no reason', { cancelReason: ' ' }],
    ['a reason that is too long', { cancelReason: '가'.repeat(201) }],
    ['nothing', { cancelAmount: 0 }],
    ['less than nothing', { cancelAmount: -1 }],
    ['a part of a won', { cancelAmount: 0.5 }],
    ['more than a number holds', { cancelAmount: 2 ** 53 }],
    ['an amount in text', { cancelAmount: '1000' }],
    ['both amount and items', { cancelAmount: 1, items: [{ kimchiId: 1, quantity: 1 }] }],
    ['no items', { items: [] }],
    [
      'an item twice',
      {
        items: [
          { kimchiId: 1, quantity: 1 },
          { kimchiId: '1', quantity: 1 },
        ],
      },
    ],
    ['a field that is not known', { refundableAmount: 1 }],
  ])('refuses %s', async (_name, body) => {
    expectProblem(await cancel('no-such-payment', body), 400, 'request_invalid');
  });

  it('is for who paid, who ordered, sellers for their part, and operators; for nobody else there is no such payment', async () => {
    const paymentKey = await pay(7);
    const as = (who: Caller, more = {}) => {
      caller = who;
      return cancel(paymentKey, { cancelAmount: 100, ...more });
    };
    expectProblem(await as({ memberId: 8, roles: ['buyer'] }), 404, 'payment_unknown');
    expectProblem(await as({ memberId: 8, roles: ['accountant'] }), 404, 'payment_unknown');
    expectProblem(await as({ memberId: 8, roles: ['seller'], sellerId: 3 }), 404, 'payment_unknown');
    const seller2: Caller = { memberId: 8, roles: ['seller'], sellerId: 2 };
    expectProblem(await as(seller2, { sellerId: 1 }), 422, 'cancel_line_unknown');
    expect((await as(seller2)).body.result.shares).toEqual([{ sellerId: '2', amount: 100 }]);
    expect((await as({ memberId: 7, roles: ['buyer'] })).status).toBe(200);
    caller = OPERATOR;
    expectProblem(await cancel('no-such-payment'), 404, 'payment_unknown');
  });

  it('shows a seller its part of a payment and of its cancels, and nobody else any of it', async () => {
    const paymentKey = await pay(7);
    const read = async (who: Caller) => {
      caller = who;
      return shop.call('GET', `/api/payments/${paymentKey}`);
    };
    await cancel(paymentKey, { items: [1, 2].map((kimchiId) => ({ kimchiId, quantity: 1 })) });
    const seller1: Caller = { memberId: 9, roles: ['buyer', 'seller'], sellerId: 1 };
    caller = seller1;
    const own = await cancel(paymentKey, { cancelAmount: 3_000 });
    expect(own.body.result).toMatchObject({ amount: 3_000, refundable: 10_000, askedBy: 9 });
    const shares = (amount: number) => [{ sellerId: '1', amount }];
    expect((await read(seller1)).body.result).toMatchObject({
      sellerId: '1',
      payerId: null,
      status: 'partially_cancelled',
      amount: 27_000,
      refunded: 17_000,
      cancels: [
        {
          amount: 14_000,
          refundable: 13_000,
          shares: shares(14_000),
          items: [{ kimchiId: 1, quantity: 1 }],
          askedBy: null,
        },
        { amount: 3_000, refundable: 10_000, shares: shares(3_000), items: null, askedBy: 9 },
      ],
    });
    const seller2 = await read({ memberId: 9, roles: ['seller'], sellerId: 2 });
    expect(seller2.body.result).toMatchObject({ status: 'cancelled', amount: 11_000, refunded: 11_000 });
    expect(seller2.body.result.cancels).toHaveLength(1);
    const whole = { sellerId: null, payerId: 7, amount: 38_000, refunded: 28_000 };
    // Member 1 has ordered, member 7 has paid.
    for (const memberId of [1, 7])
      expect((await read({ memberId, roles: ['buyer'] })).body.result).toMatchObject(whole);
    expectProblem(await read({ memberId: 9, roles: ['seller'], sellerId: 3 }), 404, 'payment_unknown');
    expectProblem(await read({ memberId: 9, roles: ['buyer'] }), 404, 'payment_unknown');
  });

  it('shows a seller nothing of a payment that is not done', async () => {
    const orderId = await shop.order();
    await fault({ route: 'confirm', times: 1, status: 403, code: 'REJECT_CARD_PAYMENT' });
    const paymentKey = randomUUID();
    await shop.call('POST', '/test/confirm', { orderId, memberId: 7, amount: 38_000, paymentKey });
    expect(await stateOf(paymentKey)).toMatchObject({ status: 'refused' });
    caller = { memberId: 9, roles: ['seller'], sellerId: 1 };
    expectProblem(await shop.call('GET', `/api/payments/${paymentKey}`), 404, 'payment_unknown');
  });

  it('takes in what was cancelled at the provider, once it is told to look', async () => {
    const paymentKey = await pay();
    await cancelAtProvider(paymentKey, 2_000);
    await cancel(paymentKey, { cancelAmount: 1_000 }).then((answer) =>
      expectProblem(answer, 422, 'cancel_refused'),
    );
    // What was refused for it has told already that there is something to look for.
    await waitFor('theirs to be taken in', async () => (await stateOf(paymentKey)).refunded === 2_000);
    await cancelAtProvider(paymentKey, 3_000);
    const heard = await hear({ eventType: 'PAYMENT_STATUS_CHANGED', data: { paymentKey, status: 'DONE' } });
    expect(heard.status).toBe(200);
    await waitFor('both to be taken in', async () => (await stateOf(paymentKey)).refunded === 5_000);
    expect((await stateOf(paymentKey)).cancels).toMatchObject([
      { amount: 2_000, askedBy: null, reason: '가맹점 관리자' },
      { amount: 3_000, askedBy: null },
    ]);
    expect((await cancel(paymentKey, { cancelAmount: 1_000 })).status).toBe(200);
  });

  it('gives up a cancel that another one at the provider has overtaken', async () => {
    const paymentKey = await pay();
    await fault({ route: 'cancel', paymentKey, times: 1, dropAnswer: 'before' });
    await fault({ route: 'get', paymentKey, times: 3, status: 503 });
    expect((await cancel(paymentKey, { cancelAmount: 5_000 })).status).toBe(202);
    await cancelAtProvider(paymentKey, 1_000);
    await waitFor('theirs to be taken in', async () => (await stateOf(paymentKey)).refunded === 1_000);
    const [rows] = await shop.database.admin.raw(
      'SELECT status, failure_code AS code FROM cancels WHERE payment_key = ? ORDER BY claimed_at',
      [paymentKey],
    );
    expect(rows).toEqual([
      { status: 'refused', code: 'NOT_MATCHES_REFUNDABLE_AMOUNT' },
      { status: 'done', code: null },
    ]);
  });

  it('takes them in by itself where the provider tells of them', async () => {
    const url = `${shop.api.url}/webhooks/toss`;
    await fetch(`${sandbox.url}/sandbox/toss/notices`, { method: 'POST', body: JSON.stringify({ url }) });
    const paymentKey = await pay();
    await cancelAtProvider(paymentKey, 4_000);
    await waitFor('it to be taken in', async () => (await stateOf(paymentKey)).refunded === 4_000);
    await fetch(`${sandbox.url}/sandbox/toss/notices`, { method: 'DELETE' });
  });

  it('believes nothing of a notice', async () => {
    const paymentKey = await pay();
    const forged = { paymentKey, status: 'CANCELED', balanceAmount: 0, cancels: [{ cancelAmount: 38_000 }] };
    expect((await hear({ eventType: 'PAYMENT_STATUS_CHANGED', data: forged })).status).toBe(200);
    await waitFor('it to be looked up', async () => (await lookUpAt(paymentKey)) === null);
    expect(await stateOf(paymentKey)).toMatchObject({ status: 'done', refunded: 0 });
    for (const nonsense of [{}, { data: { paymentKey: 'no-such-payment' } }, { orderId: 'no-such-order' }])
      expect((await hear(nonsense)).status).toBe(200);
    expectProblem(await hear([1]), 400, 'request_invalid');
  });

  it('turns notices away that come in floods', async () => {
    const flood = await Promise.all(Array.from({ length: 400 }, () => hear({})));
    const statuses = new Set(flood.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 429]);
  });

  async function lookUpAt(paymentKey: string): Promise<string | null> {
    const [[row]] = await shop.database.admin.raw('SELECT look_up_at FROM payments WHERE payment_key = ?', [
      paymentKey,
    ]);
    return row.look_up_at;
  }

  /** What the events of all these tests come to in the books. */
  async function settleAndProve(): Promise<void> {
    const knex = shop.database.runtime;
    const ledger = await createLedger({ knex, name: 'kimchi-mall' });
    const events = await readEvents(knex, 1n, 10_000);
    const place = { topic: 'jangbu.payment', partition: 0, consumer: SETTLEMENT_CONSUMER, fromOffset: 0n };
    const nextOffset = (events.at(-1)?.seq ?? 0n) + 1n;
    const result = await ledger.applyBatches(settlementHandlers(ledger), [{ ...place, events, nextOffset }]);
    expect(result).toMatchObject({ applied: events.length, parked: 0 });
    expect((await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] })).findings).toEqual([]);
    const [[{ left }]] = await shop.database.admin.raw(
      `SELECT CAST(SUM(amount - refunded) AS CHAR) AS \`left\` FROM payments WHERE status = 'done'`,
    );
    const { rows } = await ledger.trialBalance();
    expect(rows.find(({ account }) => account === 'assets:receivables:tosspayments')?.closing).toBe(left);
  }
});
