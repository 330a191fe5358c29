import { describe, expect, it } from '@jest/globals';
import { confirmKeyOf } from './idempotency-key.ts';

const CONFIRM = { paymentKey: 'key-1', orderId: 'order-1', amount: 38_000n };

describe('the idempotency key of a confirm', () => {
  it('is the same for the same confirm', () => {
    expect(confirmKeyOf({ ...CONFIRM })).toBe(confirmKeyOf(CONFIRM));
  });

  it.each([{ paymentKey: 'key-2' }, { orderId: 'order-2' }, { amount: 37_999n }])(
    'is another with %o',
    (changes) => {
      expect(confirmKeyOf({ ...CONFIRM, ...changes })).not.toBe(confirmKeyOf(CONFIRM));
    },
  );

  it('keeps within what the provider takes at the longest that the shop takes', () => {
    const longest = { paymentKey: 'k'.repeat(191), orderId: 'o'.repeat(64), amount: 9_007_199_254_740_991n };
    expect(confirmKeyOf(longest).length).toBeLessThanOrEqual(300);
  });
});
