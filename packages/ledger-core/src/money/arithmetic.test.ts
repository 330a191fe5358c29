import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import {
  addMoney,
  compareMoney,
  isZero,
  multiplyMoney,
  negateMoney,
  subtractMoney,
  sumMoney,
} from './arithmetic.ts';
import { MAX_MINOR, type Money, minorUnits, money } from './money.ts';

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const anyWon = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }).map(won);
const most = won(MAX_MINOR);
const least = won(-MAX_MINOR);

describe('reckoning with money', () => {
  it('adds, subtracts, multiplies and negates exactly', () => {
    expect(addMoney(money('0.10', 'USD'), money('0.20', 'USD'))).toEqual(money('0.30', 'USD'));
    expect(subtractMoney(won(1n), won(3n))).toEqual(won(-2n));
    expect(multiplyMoney(money('12.34', 'USD'), 3n)).toEqual(money('37.02', 'USD'));
    expect(multiplyMoney(won(5n), -2n)).toEqual(won(-10n));
    expect(negateMoney(won(5n))).toEqual(won(-5n));
    expect(negateMoney(most)).toEqual(least);
  });

  it('sums, and keeps the currency of nothing', () => {
    expect(sumMoney([won(1n), won(2n), won(-4n)], 'KRW')).toEqual(won(-1n));
    expect(sumMoney([], 'USD')).toEqual(money('0', 'USD'));
    expect(sumMoney(new Set([won(1n), won(2n)]), 'KRW')).toEqual(won(3n));
  });

  it('sums beyond 64 bits on the way, if the total fits', () => {
    expect(sumMoney([most, most, least, won(-7n)], 'KRW')).toEqual(won(MAX_MINOR - 7n));
  });

  it('knows zero', () => {
    expect(isZero(won(0n))).toBe(true);
    expect(isZero(money('-0.00', 'USD'))).toBe(true);
    expect(isZero(won(-1n))).toBe(false);
  });

  it('sorts', () => {
    expect([won(3n), won(-1n), won(2n)].sort(compareMoney)).toEqual([won(-1n), won(2n), won(3n)]);
    expect(compareMoney(won(1n), won(1n))).toBe(0);
  });

  it('undoes an addition by subtracting, and compares as the difference is signed', () => {
    const half = fc.bigInt({ min: -MAX_MINOR / 2n, max: MAX_MINOR / 2n }).map(won);
    fc.assert(
      fc.property(half, half, (a, b) => {
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a);
        expect(addMoney(a, negateMoney(b))).toEqual(subtractMoney(a, b));
        const { minor } = subtractMoney(a, b);
        expect(compareMoney(a, b)).toBe(minor === 0n ? 0 : minor < 0n ? -1 : 1);
      }),
    );
  });

  it('gives a result that fits, or refuses', () => {
    fc.assert(
      fc.property(anyWon, anyWon, (a, b) => {
        const sum = a.minor + b.minor;
        const fits = sum <= MAX_MINOR && sum >= -MAX_MINOR;
        if (fits) expect(addMoney(a, b).minor).toBe(sum);
        else expect(refusal(() => addMoney(a, b)).code).toBe('money_out_of_range');
      }),
    );
  });

  it.each<[string, () => unknown]>([
    ['add', () => addMoney(most, won(1n))],
    ['subtract', () => subtractMoney(least, won(1n))],
    ['multiply', () => multiplyMoney(most, 2n)],
    ['sum', () => sumMoney([most, won(1n)], 'KRW')],
  ])('refuses to %s past 64 bits', (_, work) => {
    expect(refusal(work)).toMatchObject({
      code: 'money_out_of_range',
      details: { most: '9223372036854775807', least: '-9223372036854775807' },
    });
  });

  const dollar = money('1', 'USD');
  it.each<[string, () => unknown]>([
    ['add', () => addMoney(dollar, won(1n))],
    ['subtract', () => subtractMoney(dollar, won(1n))],
    ['compare', () => compareMoney(dollar, won(1n))],
    ['sum', () => sumMoney([dollar, won(1n)], 'USD')],
  ])('refuses to %s two currencies', (_, work) => {
    expect(refusal(work)).toMatchObject({
      code: 'currency_mismatch',
      details: { currency: 'USD', otherCurrency: 'KRW' },
    });
  });

  const notMoney = [
    5,
    '5',
    null,
    undefined,
    {},
    { minor: 5, currency: 'KRW' },
    { minor: 5n },
  ] as unknown as Money[];
  it.each(notMoney)('refuses %p, which is not money', (other) => {
    const works = [
      () => addMoney(won(1n), other),
      () => subtractMoney(other, won(1n)),
      () => compareMoney(won(1n), other),
      () => negateMoney(other),
      () => multiplyMoney(other, 1n),
      () => isZero(other),
      () => sumMoney([other], 'KRW'),
    ];
    expect(works.map((work) => refusal(work).code)).toEqual(works.map(() => 'money_malformed'));
  });

  it.each([1, 1.5, '2', undefined])('refuses to multiply by %p', (times) => {
    expect(refusal(() => multiplyMoney(won(1n), times as unknown as bigint)).code).toBe('money_malformed');
  });
});
