import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { proRata, restOf, toShares } from './shares-of-cancel.ts';

const line = (sellerId: number, amount: bigint) => ({
  productId: sellerId,
  sellerId,
  name: '김치',
  quantity: 1,
  unitPrice: amount,
  amount,
});

describe('the shares of a cancel', () => {
  it('are pro rata of what is left, by largest remainder', () => {
    const rest = restOf([line(1, 27_000n), line(2, 11_000n)], []);
    expect(Object.fromEntries(proRata(rest, 10_000n))).toEqual({ 1: 7_105n, 2: 2_895n });
  });

  it('take nothing of a seller who has nothing left, and who is then not named', () => {
    const first = { shares: [{ sellerId: '2', sold: 11_000n, amount: 11_000n, refunded: 11_000n }] };
    const rest = restOf([line(1, 27_000n), line(2, 11_000n)], [first]);
    expect(toShares(rest, proRata(rest, 10_000n))).toEqual([
      { sellerId: '1', sold: 27_000n, amount: 10_000n, refunded: 10_000n },
    ]);
  });

  it('sum to each cancel, pass nobody’s part, and leave nothing once all is given back', () => {
    const sold = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 6 });
    const parts = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 12 });
    fc.assert(
      fc.property(sold, parts, (amounts, thousandths) => {
        const lines = amounts.map((amount, index) => line(index + 1, amount));
        let left = amounts.reduce((sum, amount) => sum + amount, 0n);
        const done: { shares: ReturnType<typeof toShares> }[] = [];
        const cancel = (amount: bigint) => {
          if (amount === 0n) return;
          const rest = restOf(lines, done);
          const shares = toShares(rest, proRata(rest, amount));
          expect(shares.reduce((sum, share) => sum + share.amount, 0n)).toBe(amount);
          expect(shares.every((share) => share.amount > 0n && share.refunded <= share.sold)).toBe(true);
          done.push({ shares });
          left -= amount;
        };
        for (const part of thousandths) cancel((left * BigInt(part)) / 1_000n);
        cancel(left);
        expect(restOf(lines, done).every((seller) => seller.left === 0n)).toBe(true);
      }),
    );
  });
});
