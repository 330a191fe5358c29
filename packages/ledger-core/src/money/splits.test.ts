import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { MAX_MINOR, type Money, minorUnits, money } from './money.ts';
import {
  portion,
  type RoundingMode,
  splitByPercentages,
  splitByWeights,
  splitVatInclusive,
} from './rounding.ts';

const won = (minor: bigint) => minorUnits(minor, 'KRW');
const minors = (parts: readonly Money[]) => parts.map(({ minor }) => minor);
const total = (parts: readonly Money[]) => parts.reduce((sum, { minor }) => sum + minor, 0n);
const anyMinor = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR });
const anyWeights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { minLength: 1, maxLength: 20 })
  .filter((weights) => weights.some((weight) => weight > 0n));

describe('splitByWeights', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
    [100n, [1n, 2n], [33n, 67n]],
    [1n, [1n, 1n], [1n, 0n]],
    [1n, [1n, 2n], [0n, 1n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [0n, [1n, 2n], [0n, 0n]],
    [10n, [0n, 3n, 0n], [0n, 10n, 0n]],
    [7n, [5n], [7n]],
  ])('splits %p by %p', (minor, weights, parts) => {
    expect(minors(splitByWeights(won(minor), weights))).toEqual(parts);
  });

  it('loses nothing, gives each its share but for less than one unit, and nothing for no weight', () => {
    fc.assert(
      fc.property(anyMinor, anyWeights, (minor, weights) => {
        const parts = splitByWeights(won(minor), weights);
        const whole = weights.reduce((sum, weight) => sum + weight, 0n);
        expect(parts).toHaveLength(weights.length);
        expect(total(parts)).toBe(minor);
        weights.forEach((weight, index) => {
          const gap = (parts[index]?.minor ?? 0n) * whole - minor * weight;
          expect(gap < whole && gap > -whole).toBe(true);
          if (weight === 0n) expect(parts[index]?.minor).toBe(0n);
        });
      }),
    );
  });

  it('gives no lesser weight more than a greater one', () => {
    const rising = fc
      .uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 24n }), { minLength: 2, maxLength: 20 })
      .map((weights) => weights.sort((a, b) => (a < b ? -1 : 1)));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: MAX_MINOR }), rising, (minor, weights) => {
        const parts = minors(splitByWeights(won(minor), weights));
        expect(parts.every((part, index) => index === 0 || part >= (parts[index - 1] ?? 0n))).toBe(true);
      }),
    );
  });

  it('splits a debt as it splits what is owed', () => {
    fc.assert(
      fc.property(anyMinor, anyWeights, (minor, weights) => {
        const opposite = minors(splitByWeights(won(-minor), weights)).map((part) => -part);
        expect(opposite).toEqual(minors(splitByWeights(won(minor), weights)));
      }),
    );
  });

  it.each([
    [[]],
    [[0n]],
    [[0n, 0n]],
    [[-1n, 2n]],
    [[1, 2]],
    [['1']],
    [[1n, undefined]],
    [[Object.create(null)]],
  ])('refuses the weights %p', (weights) => {
    expect(refusal(() => splitByWeights(won(10n), weights as bigint[])).code).toBe('split_impossible');
  });

  it('names the first hundred of a long list of weights, and no more', () => {
    const { details } = refusal(() => splitByWeights(won(10n), Array<bigint>(100_000).fill(0n)));
    expect(details).toEqual({ weights: Array(100).fill('0') });
  });
});

describe('splitByPercentages', () => {
  it.each<[bigint, string[], bigint[]]>([
    [100n, ['70', '20', '10'], [70n, 20n, 10n]],
    [10n, ['33.3', '66.7'], [3n, 7n]],
    [1_000n, ['33.34', '33.33', '33.33'], [334n, 333n, 333n]],
    [5n, ['100'], [5n]],
    [5n, ['100', '0'], [5n, 0n]],
    [-10n, ['50', '50'], [-5n, -5n]],
    [10n, [`99.${'9'.repeat(30)}`, `0.${'0'.repeat(29)}1`], [10n, 0n]],
  ])('splits %p by %p', (minor, percentages, parts) => {
    expect(minors(splitByPercentages(won(minor), percentages))).toEqual(parts);
  });

  it.each([
    [[], '0'],
    [['99.99'], '99.99'],
    [['50', '50', '0.01'], '100.01'],
    [['0.5', '0.5'], '1'],
  ])('refuses %p, which sum to %s', (percentages, sum) => {
    expect(refusal(() => splitByPercentages(won(10n), percentages))).toMatchObject({
      code: 'split_impossible',
      details: { sum },
    });
  });

  it.each(['-50', '50%', 50, '', 'NaN', { numerator: '100', denominator: '2' }])(
    'refuses the percentage %p',
    (percentage) => {
      expect(refusal(() => splitByPercentages(won(10n), [percentage as string, '50'])).code).toBe(
        'rate_malformed',
      );
    },
  );
});

describe('splitVatInclusive', () => {
  it.each([
    ['11000', '0.1', '10000', '1000'],
    ['36000', '0.1', '32727', '3273'],
    ['1', '0.1', '1', '0'],
    ['5', '0.1', '5', '0'],
    ['6', '0.1', '5', '1'],
    ['-11000', '0.1', '-10000', '-1000'],
    ['0', '0.1', '0', '0'],
    ['100', '0', '100', '0'],
    ['119', '0.19', '100', '19'],
  ])('splits %s at %s into %s and %s', (gross, rate, net, vat) => {
    expect(splitVatInclusive(money(gross, 'KRW'), rate)).toEqual({
      gross: money(gross, 'KRW'),
      net: money(net, 'KRW'),
      vat: money(vat, 'KRW'),
    });
  });

  it('is an eleventh at 10 %, for any amount', () => {
    fc.assert(
      fc.property(anyMinor, (minor) => {
        const eleventh = portion(won(minor), { numerator: '1', denominator: '11' });
        expect(splitVatInclusive(won(minor), '0.1').vat).toEqual(eleventh);
      }),
    );
  });

  it('sums to the gross, and takes the VAT of a net it was put on back out of it', () => {
    const percent = fc.integer({ min: 0, max: 99 });
    const modes: RoundingMode[] = ['half_up', 'half_even', 'down', 'up', 'floor', 'ceiling'];
    fc.assert(
      fc.property(anyMinor, percent, fc.constantFrom(...modes), (minor, rate, mode) => {
        const text = `0.${String(rate).padStart(2, '0')}`;
        const { gross, net, vat } = splitVatInclusive(won(minor), text, mode);
        expect(net.minor + vat.minor).toBe(gross.minor);
        expect(gross).toEqual(won(minor));
        // Exactly vat × (1 + rate) = gross × rate, but for less than one unit.
        const gap = vat.minor * BigInt(100 + rate) - minor * BigInt(rate);
        const unit = BigInt(100 + rate);
        expect(gap < unit && gap > -unit).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), percent, (minor, rate) => {
        const text = `0.${String(rate).padStart(2, '0')}`;
        const vat = portion(won(minor), text);
        expect(splitVatInclusive(won(minor + vat.minor), text).vat).toEqual(vat);
      }),
    );
  });

  it.each(['-0.1', '10%', 0.1, 'NaN', ''])('refuses the rate %p', (rate) => {
    expect(refusal(() => splitVatInclusive(won(10n), rate as string)).code).toBe('rate_malformed');
  });

  it('refuses what is not money', () => {
    const nothing = undefined as unknown as Money;
    const works = [
      () => splitVatInclusive(nothing, '0.1'),
      () => splitByWeights(nothing, [1n]),
      () => splitByPercentages(nothing, ['100']),
      () => portion(nothing, '0.1'),
    ];
    expect(works.map((work) => refusal(work).code)).toEqual(works.map(() => 'money_malformed'));
  });
});
