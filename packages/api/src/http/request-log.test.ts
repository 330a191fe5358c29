import { describe, expect, it } from '@jest/globals';
import { describeError, maskPaymentKeys } from './request-log.ts';

describe('maskPaymentKeys', () => {
  it('leaves four characters of a paymentKey', () => {
    expect(maskPaymentKeys('/api/payments/tviva20260301abcd/cancel')).toBe('/api/payments/…abcd/cancel');
  });

  it('leaves other paths alone', () => {
    expect(maskPaymentKeys('/api/payments/confirm')).toBe('/api/payments/confirm');
    expect(maskPaymentKeys('/api/orders/0198')).toBe('/api/orders/0198');
  });
});

describe('describeError', () => {
  it('leaves out a driver’s message, which holds the values of the statement', () => {
    const error = Object.assign(new Error("insert into payments values ('secret-key')"), {
      errno: 1062,
      code: 'ER_DUP_ENTRY',
    });
    const described = describeError(new Error('It failed.', { cause: error }));
    expect(JSON.stringify(described)).not.toContain('secret-key');
    expect(described).toMatchObject({ message: 'It failed.', cause: { errno: 1062, code: 'ER_DUP_ENTRY' } });
  });
});
