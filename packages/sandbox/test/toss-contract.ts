import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { callToss, type TossTarget } from './toss-caller.ts';

/**
 * What a TossPayments must answer, double or not, as far as a program can see it without a buyer in front of a payment window.
 * `openWindow` gives a payment that a buyer agreed to; the provider has none to give, so there those tests are left out.
 */
export function tossContract(
  name: string,
  target: () => TossTarget,
  openWindow?: (orderId: string, amount: number) => Promise<string>,
): void {
  describe(`${name} answers as TossPayments`, () => {
    errorsContract(target);
    testCodesContract(target);
    if (openWindow !== undefined) paymentContract(target, openWindow);
  });
}

const CONFIRM = '/v1/payments/confirm';
const error = (code: string) => ({ code, message: expect.stringMatching(/[가-힣]/) });
const unknownPayment = () => ({ paymentKey: `none-${randomUUID()}`, orderId: randomUUID(), amount: 1_000 });

function errorsContract(target: () => TossTarget): void {
  it('turns away a caller without a key', async () => {
    const answer = await callToss({ ...target(), secretKey: undefined }, 'POST', CONFIRM, unknownPayment());
    expect(answer).toMatchObject({ status: 401, body: error('UNAUTHORIZED_KEY') });
  });

  it('knows no payment of a key that was never given out', async () => {
    const answer = await callToss(target(), 'GET', `/v1/payments/none-${randomUUID()}`);
    expect(answer).toMatchObject({ status: 404, body: error('NOT_FOUND_PAYMENT') });
  });

  it('knows no payment of an order that was never paid', async () => {
    const answer = await callToss(target(), 'GET', `/v1/payments/orders/${randomUUID()}`);
    expect(answer).toMatchObject({ status: 404, body: error('NOT_FOUND_PAYMENT') });
  });

  it('does not confirm what it does not know', async () => {
    const answer = await callToss(target(), 'POST', CONFIRM, unknownPayment());
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: expect.stringMatching(/^NOT_FOUND_PAYMENT(_SESSION)?$/) });
  });

  it('takes no idempotency key of more than 300 characters', async () => {
    const headers = { 'idempotency-key': 'k'.repeat(301) };
    const answer = await callToss(target(), 'POST', CONFIRM, unknownPayment(), headers);
    expect(answer).toMatchObject({ status: 400, body: error('INVALID_IDEMPOTENCY_KEY') });
  });
}

function testCodesContract(target: () => TossTarget): void {
  it.each([
    ['REJECT_CARD_PAYMENT', 403],
    ['REJECT_CARD_COMPANY', 403],
    ['ALREADY_PROCESSED_PAYMENT', 400],
    ['PROVIDER_ERROR', 400],
    ['FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 500],
  ])('answers the test code %s with %i', async (code, status) => {
    const headers = { 'tosspayments-test-code': code };
    const answer = await callToss(target(), 'POST', CONFIRM, unknownPayment(), headers);
    expect(answer).toMatchObject({ status, body: error(code) });
  });
}

function paymentContract(
  target: () => TossTarget,
  openWindow: (orderId: string, amount: number) => Promise<string>,
): void {
  it('gives the first answer again under the same idempotency key, and only under it', async () => {
    const orderId = randomUUID();
    const payment = { paymentKey: await openWindow(orderId, 1_000), orderId, amount: 1_000 };
    const headers = { 'idempotency-key': randomUUID() };
    const first = await callToss(target(), 'POST', CONFIRM, payment, headers);
    const second = await callToss(target(), 'POST', CONFIRM, payment, headers);
    const without = await callToss(target(), 'POST', CONFIRM, payment);
    expect(first).toMatchObject({ status: 200, body: { status: 'DONE', totalAmount: 1_000, orderId } });
    expect(second).toEqual(first);
    expect(without).toMatchObject({ status: 400, body: error('ALREADY_PROCESSED_PAYMENT') });
  });

  it('finds a confirmed payment by its key and by its order', async () => {
    const orderId = randomUUID();
    const paymentKey = await openWindow(orderId, 15_000);
    await callToss(target(), 'POST', CONFIRM, { paymentKey, orderId, amount: 15_000 });
    const byKey = await callToss(target(), 'GET', `/v1/payments/${paymentKey}`);
    const byOrder = await callToss(target(), 'GET', `/v1/payments/orders/${orderId}`);
    expect(byKey).toMatchObject({ status: 200, body: { paymentKey, suppliedAmount: 13_636, vat: 1_364 } });
    expect(byKey.body).toMatchObject({ approvedAt: expect.stringMatching(/\+09:00$/), method: '카드' });
    expect(byOrder).toEqual(byKey);
  });

  it('cancels a part of a payment, and tells what is left', async () => {
    const orderId = randomUUID();
    const paymentKey = await openWindow(orderId, 15_000);
    await callToss(target(), 'POST', CONFIRM, { paymentKey, orderId, amount: 15_000 });
    const cancel = { cancelReason: '단순 변심', cancelAmount: 4_000, refundableAmount: 15_000 };
    const answer = await callToss(target(), 'POST', `/v1/payments/${paymentKey}/cancel`, cancel);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'PARTIAL_CANCELED',
        balanceAmount: 11_000,
        suppliedAmount: 10_000,
        vat: 1_000,
        cancels: [{ cancelAmount: 4_000, refundableAmount: 11_000, cancelStatus: 'DONE' }],
      },
    });
  });
}
