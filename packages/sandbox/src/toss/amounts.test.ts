import { describe, expect, it } from '@jest/globals';
import { splitTax } from './amounts.ts';

describe('splitTax', () => {
  it.each([
    { amount: 15_000, taxFree: 0, suppliedAmount: 13_636, vat: 1_364 },
    { amount: 38_000, taxFree: 0, suppliedAmount: 34_545, vat: 3_455 },
    { amount: 10_000, taxFree: 3_000, suppliedAmount: 6_364, vat: 636 },
    { amount: 5, taxFree: 0, suppliedAmount: 5, vat: 0 },
    { amount: 6, taxFree: 0, suppliedAmount: 5, vat: 1 },
    { amount: 4_000, taxFree: 4_000, suppliedAmount: 0, vat: 0 },
    { amount: 0, taxFree: 0, suppliedAmount: 0, vat: 0 },
  ])(
    'takes an eleventh of the taxed part of $amount, of which $taxFree is free',
    ({ amount, taxFree, ...tax }) => {
      expect(splitTax(amount, taxFree)).toEqual({ ...tax, taxFreeAmount: taxFree });
    },
  );

  it('never loses a won', () => {
    for (let amount = 0; amount < 300; amount++) {
      const { suppliedAmount, vat, taxFreeAmount } = splitTax(amount, Math.min(amount, amount % 7));
      expect(suppliedAmount + vat + taxFreeAmount).toBe(amount);
    }
  });
});
