import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { MAX_MINOR, minorUnits, money } from '../money/money.ts';
import { splitSale } from './fee-policy.ts';

const won = (minor: bigint) => minorUnits(minor, 'KRW');

describe('splitSale', () => {
  it.each([
    ['36000', '1800', '180', '34020'],
    ['10000', '500', '50', '9450'],
    // 9 won: the fee of 0.45 is none. 10 won: 0.5 is one, and its VAT of 0.1 none.
    ['9', '0', '0', '9'],
    ['10', '1', '0', '9'],
    ['100', '5', '1', '94'],
    ['0', '0', '0', '0'],
    ['-36000', '-1800', '-180', '-34020'],
  ])('of %s won keeps 5 %% and 10 %% VAT on it: %s and %s, and leaves %s', (gross, fee, vat, net) => {
    expect(splitSale(money(gross, 'KRW'))).toEqual({
      gross: money(gross, 'KRW'),
      fee: money(fee, 'KRW'),
      vat: money(vat, 'KRW'),
      net: money(net, 'KRW'),
    });
  });

  it('rounds to the minor unit of the currency', () => {
    expect(splitSale(money('9.99', 'USD'), { feeRate: '0.035', vatRate: '0' })).toMatchObject({
      fee: money('0.35', 'USD'),
      vat: money('0', 'USD'),
      net: money('9.64', 'USD'),
    });
  });

  it('sums to the gross and takes from nobody, for any sale, fee up to 50 % and VAT up to 25 % on it', () => {
    // Beyond these, rounding two rates up can take more than all of a sale of 2 won, which is refused.
    const hundredths = (most: number) =>
      fc.integer({ min: 0, max: most }).map((rate) => `0.${String(rate).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: MAX_MINOR }),
        hundredths(50),
        hundredths(25),
        (minor, feeRate, vatRate) => {
          const { gross, fee, vat, net } = splitSale(won(minor), { feeRate, vatRate });
          expect(fee.minor + vat.minor + net.minor).toBe(gross.minor);
          expect([fee, vat, net].every((part) => part.minor >= 0n)).toBe(true);
          // Each rate was rounded once, by half a won at most.
          const percent = (rate: string) => BigInt(rate.slice(2));
          const feeGap = fee.minor * 100n - minor * percent(feeRate);
          const vatGap = vat.minor * 100n - fee.minor * percent(vatRate);
          expect([feeGap, vatGap].every((gap) => gap <= 50n && gap >= -50n)).toBe(true);
        },
      ),
    );
  });

  it('gives back of a whole refund what it took of the sale', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_MINOR }), (minor) => {
        const sale = splitSale(won(minor));
        const refund = splitSale(won(-minor));
        for (const part of ['fee', 'vat', 'net'] as const) expect(-refund[part].minor).toBe(sale[part].minor);
      }),
    );
  });

  it('leaves nothing at a fee of all, and refuses to take more', () => {
    expect(splitSale(won(100n), { feeRate: '1', vatRate: '0' }).net).toEqual(won(0n));
    for (const gross of [won(100n), won(-100n)]) {
      expect(refusal(() => splitSale(gross, { feeRate: '1', vatRate: '0.1' }))).toMatchObject({
        code: 'split_impossible',
        details: { feeRate: '1', vatRate: '0.1' },
      });
    }
  });

  it.each(['-0.05', '5%', '', 'NaN', '1e-2'])('refuses the rate %p', (rate) => {
    expect(refusal(() => splitSale(won(1n), { feeRate: rate, vatRate: '0.1' })).code).toBe('rate_malformed');
    expect(refusal(() => splitSale(won(1n), { feeRate: '0.05', vatRate: rate })).code).toBe('rate_malformed');
  });
});
