import { describe, expect, it } from '@jest/globals';
import { judgeLookUp, judgePayment, lookUpAnswerOf } from './judge.ts';
import { readPayment, type TossPayment } from './read-payment.ts';

const NOW = new Date('2026-03-01T12:30:00Z');
const EXPECTED = { paymentKey: 'key-1', orderId: 'order-1', amount: 38_000n };

function payment(changes: object = {}): TossPayment {
  const read = readPayment({
    paymentKey: 'key-1',
    orderId: 'order-1',
    status: 'DONE',
    totalAmount: 38_000,
    currency: 'KRW',
    method: '카드',
    approvedAt: '2026-03-01T21:00:00+09:00',
    ...changes,
  });
  if (read === undefined) throw new Error('not a payment');
  return read;
}

describe('what a payment answers to a confirm', () => {
  it.each([
    ['DONE', 'approved'],
    ['PARTIAL_CANCELED', 'approved'],
    ['CANCELED', 'refused'],
    ['ABORTED', 'refused'],
    ['EXPIRED', 'refused'],
    ['IN_PROGRESS', undefined],
    ['READY', 'unknown'],
    ['WAITING_FOR_DEPOSIT', 'unknown'],
    ['A_STATUS_OF_NEXT_YEAR', 'unknown'],
    ['constructor', 'unknown'],
  ])('is, when it is %s, %s', (status, outcome) => {
    expect(judgePayment(payment({ status }), EXPECTED, NOW)?.outcome).toBe(outcome);
  });

  it.each([
    ['another order', { orderId: 'order-2' }],
    ['another amount', { totalAmount: 37_999 }],
    ['another key', { paymentKey: 'key-2' }],
    ['another currency', { currency: 'USD' }],
  ])('is never an approval when it is of %s', (_, changes) => {
    expect(judgePayment(payment(changes), EXPECTED, NOW)).toEqual({
      outcome: 'refused',
      refusal: { code: 'PAYMENT_MISMATCH', message: expect.any(String) },
    });
  });

  it('is approved at the instant that the provider gives, in whatever zone it writes', () => {
    expect(judgePayment(payment(), EXPECTED, NOW)).toEqual({
      outcome: 'approved',
      approval: { approvedAt: new Date('2026-03-01T12:00:00Z'), method: '카드' },
    });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['unreadable', 'yesterday'],
    ['of another type', 1_772_366_400],
  ])('is approved now when the time is %s, because it was approved all the same', (_, approvedAt) => {
    expect(judgePayment(payment({ approvedAt }), EXPECTED, NOW)).toMatchObject({
      outcome: 'approved',
      approval: { approvedAt: NOW },
    });
  });

  it('is refused with the failure that it carries, or else with its status', () => {
    const failure = { code: 'REJECT_CARD_PAYMENT', message: '한도초과' };
    const refusal = (changes: object) =>
      judgePayment(payment({ status: 'ABORTED', ...changes }), EXPECTED, NOW);
    expect(refusal({ failure })).toEqual({ outcome: 'refused', refusal: failure });
    expect(refusal({ failure: null })).toMatchObject({ refusal: { code: 'ABORTED' } });
    expect(refusal({ failure: 'not an object' })).toMatchObject({ refusal: { code: 'ABORTED' } });
  });
});

describe('what a look-up answers', () => {
  const none = { means: 'none', refusal: { code: 'NOT_FOUND_PAYMENT', message: '' } } as const;

  it('leaves it to the confirm to say that there is no such payment', () => {
    expect(judgeLookUp(none, EXPECTED, NOW)).toBeUndefined();
    expect(lookUpAnswerOf(none, NOW)).toMatchObject({ outcome: 'refused' });
  });

  it('knows nothing when it was not told', () => {
    const unclear = { means: 'unclear', reason: 'time-out' } as const;
    expect(judgeLookUp(unclear, EXPECTED, NOW)).toEqual({ outcome: 'unknown' });
    expect(lookUpAnswerOf(unclear, NOW)).toEqual({ outcome: 'unknown' });
  });

  it('says of which order and amount the approval is', () => {
    const looked = { means: 'payment', payment: payment({ orderId: 'order-9', totalAmount: '12' }) } as const;
    expect(lookUpAnswerOf(looked, NOW)).toMatchObject({
      outcome: 'approved',
      orderId: 'order-9',
      amount: 12n,
    });
  });

  it('tells a payment that waits for a confirm from one that waits for its buyer', () => {
    const answerOf = (status: string) =>
      lookUpAnswerOf({ means: 'payment', payment: payment({ status }) }, NOW);
    expect(answerOf('IN_PROGRESS')).toEqual({ outcome: 'unconfirmed' });
    expect(answerOf('WAITING_FOR_DEPOSIT')).toEqual({ outcome: 'unknown' });
  });
});

describe('reading a payment', () => {
  it.each([
    ['no object', 'DONE'],
    ['no order', { paymentKey: 'k', status: 'DONE', totalAmount: 1 }],
    ['a fraction of a won', { paymentKey: 'k', orderId: 'o', status: 'DONE', totalAmount: 1.5 }],
    [
      'an amount beyond what a number holds',
      { paymentKey: 'k', orderId: 'o', status: 'DONE', totalAmount: 2 ** 60 },
    ],
    ['no amount', { paymentKey: 'k', orderId: 'o', status: 'DONE', totalAmount: null }],
  ])('takes nothing for a payment that has %s', (_, body) => {
    expect(readPayment(body)).toBeUndefined();
  });
});
