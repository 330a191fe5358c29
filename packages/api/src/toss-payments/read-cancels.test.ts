import { describe, expect, it } from '@jest/globals';
import { readCancels, standingOfCancel, taxFreeWithin } from './read-cancels.ts';

const row = (cancelAmount: number, refundableAmount: number, cancelStatus = 'DONE') => ({
  transactionKey: `T${refundableAmount}`,
  cancelAmount,
  refundableAmount,
  canceledAt: '2026-03-01T21:00:00+09:00',
  cancelStatus,
});

function standing(
  balanceAmount: number,
  cancels: unknown,
  refundableAmount = 38_000n,
  cancelAmount = 8_000n,
) {
  const payment = readCancels({ paymentKey: 'key-1', balanceAmount, cancels, aFieldOfNextYear: 1 });
  if (payment === undefined) throw new Error('not a payment');
  return standingOfCancel(payment, { refundableAmount, cancelAmount });
}

describe('what became of a cancel of 8,000 out of 38,000', () => {
  it.each([
    ['not yet, with nothing cancelled', 38_000, null, 'not-yet'],
    ['not yet, with something cancelled before', 38_000, [row(1_000, 38_000)], 'not-yet'],
    ['done', 30_000, [row(8_000, 30_000)], 'done'],
    ['done, and another after it', 10_000, [row(8_000, 30_000), row(20_000, 10_000)], 'done'],
    ['in progress', 30_000, [row(8_000, 30_000, 'IN_PROGRESS')], 'in-progress'],
    ['overtaken by another amount', 37_000, [row(1_000, 37_000)], 'overtaken'],
    [
      'overtaken, and the same amount taken from another balance',
      29_000,
      [row(1_000, 37_000), row(8_000, 29_000)],
      'overtaken',
    ],
  ])('is %s', (_, balance, cancels, stands) => {
    expect(standing(balance, cancels)).toMatchObject({ stands });
  });

  it('is told from an earlier cancel of as much', () => {
    expect(standing(30_000, [row(8_000, 30_000)], 30_000n)).toMatchObject({ stands: 'not-yet' });
  });
});

describe('readCancels', () => {
  it.each([
    undefined,
    'CANCELED',
    { paymentKey: 'k' },
    { paymentKey: 'k', balanceAmount: 0.5 },
    { paymentKey: 'k', balanceAmount: 1, cancels: [{}] },
  ])('takes no payment out of %j', (body) => {
    expect(readCancels(body)).toBeUndefined();
  });
});

describe('what a cancel says that bears no VAT', () => {
  it.each([
    ['as wanted, where it fits', 3_000n, 8_000n, 2_000n, 2_000n],
    ['no more than there is', 3_000n, 8_000n, 4_000n, 3_000n],
    ['no more than the cancel', 9_000n, 8_000n, 9_000n, 8_000n],
    ['no less than the taxed part leaves to it', 33_000n, 8_000n, 0n, 3_000n],
    ['nothing, where the provider knows of nothing', 0n, 8_000n, 8_000n, 0n],
  ])('is %s', (_name, taxFreeAmount, amount, wanted, expected) => {
    const payment = { paymentKey: 'k', balanceAmount: 38_000n, taxFreeAmount, cancels: [] };
    expect(taxFreeWithin(payment, amount, wanted)).toBe(expected);
  });
});
