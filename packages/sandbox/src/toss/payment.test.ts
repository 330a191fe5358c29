import { describe, expect, it } from '@jest/globals';
import { after, samplePayment } from '../../test/sample-payment.ts';
import { applyEvent, balanceOf, type Payment, statusAt, taxFreeBalanceOf } from './payment.ts';

const paymentKey = 'key-1';
const MINUTE_MS = 60_000;

function approved(payment: Payment): Payment {
  return applyEvent(payment, {
    kind: 'approved',
    paymentKey,
    transactionKey: 'T1',
    at: after(1_000).toISOString(),
  });
}

function canceled(payment: Payment, amount: number, taxFreeAmount = 0): Payment {
  const at = after(5_000).toISOString();
  return applyEvent(payment, {
    kind: 'canceled',
    paymentKey,
    transactionKey: `C${payment.cancels.length + 1}`,
    reason: '변심',
    amount,
    taxFreeAmount,
    at,
  });
}

describe('a payment', () => {
  it('is DONE once approved, with its time and transaction', () => {
    expect(approved(samplePayment())).toMatchObject({
      status: 'DONE',
      approvedAt: after(1_000),
      lastTransactionKey: 'T1',
    });
  });

  it('waits for its deposit where it is a virtual account', () => {
    expect(approved(samplePayment({ method: '가상계좌' }))).toMatchObject({
      status: 'WAITING_FOR_DEPOSIT',
      approvedAt: null,
    });
  });

  it('keeps why it was aborted', () => {
    const failure = { code: 'REJECT_CARD_PAYMENT', message: '거절' };
    expect(applyEvent(samplePayment(), { kind: 'aborted', paymentKey, failure })).toMatchObject({
      status: 'ABORTED',
      failure,
    });
  });

  it('is CANCELED when all of it is cancelled at once', () => {
    const payment = canceled(approved(samplePayment()), 38_000);
    expect(payment.status).toBe('CANCELED');
    expect(balanceOf(payment)).toBe(0);
  });

  it('stays PARTIAL_CANCELED when its parts add up to all of it', () => {
    const payment = canceled(canceled(approved(samplePayment()), 30_000), 8_000);
    expect(payment.status).toBe('PARTIAL_CANCELED');
    expect(balanceOf(payment)).toBe(0);
    expect(payment.cancels.map(({ refundableAmount }) => refundableAmount)).toEqual([8_000, 0]);
    expect(payment.lastTransactionKey).toBe('C2');
  });

  it('tells what is left of its tax-free part', () => {
    const payment = canceled(approved(samplePayment({ taxFreeAmount: 8_000 })), 5_000, 3_000);
    expect(taxFreeBalanceOf(payment)).toBe(5_000);
  });

  it('leaves what it was before an event as it was', () => {
    const before = approved(samplePayment());
    canceled(before, 1_000);
    expect(before).toMatchObject({ status: 'DONE', cancels: [] });
  });
});

describe('statusAt', () => {
  it('runs out half an hour after the buyer agreed, where nobody confirmed', () => {
    expect(statusAt(samplePayment(), after(30 * MINUTE_MS))).toBe('IN_PROGRESS');
    expect(statusAt(samplePayment(), after(30 * MINUTE_MS + 1))).toBe('EXPIRED');
  });

  it('never runs out once confirmed', () => {
    expect(statusAt(approved(samplePayment()), after(300 * MINUTE_MS))).toBe('DONE');
  });
});
