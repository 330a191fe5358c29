import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_MINOR, minorUnits, money } from '../money/money.ts';
import { splitSale } from './fee-policy.ts';
import { splitRefund } from './refund-split.ts';

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const PARTS = ['fee', 'vat', 'net'] as const;

/** A sale and amounts that go back one after the other, never more than is left of it. */
const refunds = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: 1n, max: 400n }), fc.bigInt({ min: 1n, max: MAX_MINOR })),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
  )
  .map(([sold, fractions]) => {
    const amounts: bigint[] = [];
    let left = sold;
    for (const fraction of fractions) {
      const amount = (left * BigInt(Math.floor(fraction * 1_000_000))) / 1_000_000n;
      if (amount === 0n) continue;
      amounts.push(amount);
      left -= amount;
    }
    return { sold, amounts: left === 0n ? amounts : [...amounts, left] };
  });

describe('splitRefund', () => {
  it.each([
    ['all at once', '36000', '36000', '36000', '1800', '180', '34020'],
    ['a third, first', '36000', '12000', '12000', '600', '60', '11340'],
    ['of a few won whose fee is not worth a won', '9', '9', '9', '0', '0', '9'],
    // Of 90 won the platform keeps 5 and VAT of 1, of 89 won 4 and none: a won less sold leaves the seller a won more.
    ['a won that takes fee and VAT with it', '90', '1', '1', '1', '1', '-1'],
  ])('gives back %s', (_name, sold, gross, refunded, fee, vat, net) => {
    const [one, two, three] = [sold, gross, refunded].map((amount) => money(amount, 'KRW'));
    if (one === undefined || two === undefined || three === undefined) throw new Error('missing');
    expect(splitRefund({ sold: one, gross: two, refunded: three })).toEqual({
      gross: two,
      fee: money(fee, 'KRW'),
      vat: money(vat, 'KRW'),
      net: money(net, 'KRW'),
    });
  });

  it('leaves, after any refunds, what a sale of the rest would give, and nothing in the end', () => {
    fc.assert(
      fc.property(refunds, ({ sold, amounts }) => {
        const held = { ...splitSale(won(sold)) };
        let refunded = 0n;
        for (const amount of amounts) {
          refunded += amount;
          const back = splitRefund({ sold: won(sold), gross: won(amount), refunded: won(refunded) });
          expect(back.fee.minor + back.vat.minor + back.net.minor).toBe(amount);
          expect(back.fee.minor >= 0n && back.vat.minor >= 0n).toBe(true);
          for (const part of PARTS) held[part] = won(held[part].minor - back[part].minor);
          const rest = splitSale(won(sold - refunded));
          expect(PARTS.map((part) => held[part])).toEqual(PARTS.map((part) => rest[part]));
        }
        expect(PARTS.map((part) => held[part].minor)).toEqual([0n, 0n, 0n]);
      }),
    );
  });
});
