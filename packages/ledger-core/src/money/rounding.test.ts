import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { exponentOf, registerCurrency } from './currency.ts';
import { MAX_MINOR, type Money, minorUnits, money } from './money.ts';
import type { Rate } from './rates.ts';
import { convert, portion, type RoundingMode } from './rounding.ts';

registerCurrency('WEI', 18);
const won = (minor: bigint) => minorUnits(minor, 'KRW');
const MODES: readonly RoundingMode[] = ['half_up', 'half_even', 'down', 'up', 'floor', 'ceiling'];

/** The modes once more, over fractions of bigints, which cannot be inexact. */
function rounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  const size = numerator * sign;
  const [whole, rest] = [size / denominator, size % denominator];
  const twice = rest * 2n;
  const isUp = {
    half_up: twice >= denominator,
    half_even: twice > denominator || (twice === denominator && whole % 2n === 1n),
    down: false,
    up: rest > 0n,
    floor: rest > 0n && sign < 0n,
    ceiling: rest > 0n && sign > 0n,
  }[mode];
  return sign * (isUp ? whole + 1n : whole);
}

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), fc.stringMatching(/^\d{0,30}$/))
  .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`));
const positive = decimal.filter((text) => /[1-9]/.test(text));
const anyMode = fc.constantFrom(...MODES);

/** A decimal as a count of 10⁻³⁰. */
function units(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(30, '0'));
}

/** What the work gives, or undefined where the amount passes 64 bits. */
function minorOf(work: () => Money): bigint | undefined {
  try {
    return work().minor;
  } catch (error) {
    expect(error).toMatchObject({ code: 'money_out_of_range' });
    return undefined;
  }
}

function ifFits(minor: bigint): bigint | undefined {
  return minor <= MAX_MINOR && minor >= -MAX_MINOR ? minor : undefined;
}

describe('portion', () => {
  it.each([
    ['36000', '0.05', '1800'],
    ['10', '0.05', '1'],
    ['9', '0.05', '0'],
    ['-10', '0.05', '-1'],
    ['100', '0', '0'],
    ['0', '0.05', '0'],
    ['100', '1', '100'],
    ['100', '1.5', '150'],
  ])('of %s at %s is %s', (amount, rate, part) => {
    expect(portion(money(amount, 'KRW'), rate)).toEqual(money(part, 'KRW'));
  });

  it('takes a fraction that no decimal can write', () => {
    const third = { numerator: '1', denominator: '3' };
    expect(portion(won(100n), third)).toEqual(won(33n));
    expect(portion(won(100n), third, 'up')).toEqual(won(34n));
  });

  it.each<[RoundingMode, bigint[]]>([
    //               2.5  3.5 -2.5 -3.5  2.4  2.6 -2.4 -2.6
    ['half_up', [3n, 4n, -3n, -4n, 2n, 3n, -2n, -3n]],
    ['half_even', [2n, 4n, -2n, -4n, 2n, 3n, -2n, -3n]],
    ['down', [2n, 3n, -2n, -3n, 2n, 2n, -2n, -2n]],
    ['up', [3n, 4n, -3n, -4n, 3n, 3n, -3n, -3n]],
    ['floor', [2n, 3n, -3n, -4n, 2n, 2n, -3n, -3n]],
    ['ceiling', [3n, 4n, -2n, -3n, 3n, 3n, -2n, -2n]],
  ])('rounds %s', (mode, expected) => {
    const tenths = [25n, 35n, -25n, -35n, 24n, 26n, -24n, -26n];
    expect(tenths.map((minor) => portion(won(minor), '0.1', mode).minor)).toEqual(expected);
  });

  it('rounds once: a hair beside the middle is not the middle', () => {
    const above = `0.5${'0'.repeat(28)}1`;
    const below = `0.4${'9'.repeat(29)}`;
    expect(portion(won(1n), above, 'half_even')).toEqual(won(1n));
    expect(portion(won(1n), below, 'half_up')).toEqual(won(0n));
    // (10¹⁹ − 1) ÷ 2 is a middle; the same over a hair more than 2 is not.
    const odd = won(MAX_MINOR);
    const overTwo = { numerator: '1', denominator: `2.${'0'.repeat(29)}1` };
    expect(portion(odd, '0.5', 'half_up').minor).toBe(2n ** 62n);
    expect(portion(odd, overTwo, 'half_up').minor).toBe(2n ** 62n - 1n);
    // As near to a half, and to one, as two rates can be.
    const denominator = `${'9'.repeat(18)}.${'9'.repeat(30)}`;
    const aboveHalf = { numerator: `5${'0'.repeat(17)}`, denominator };
    expect(portion(won(1n), aboveHalf, 'half_even')).toEqual(won(1n));
    expect(portion(odd, aboveHalf, 'half_even').minor).toBe(2n ** 62n);
    const belowOne = { numerator: `${denominator.slice(0, -1)}8`, denominator };
    expect(portion(odd, belowOne, 'down').minor).toBe(MAX_MINOR - 1n);
  });

  it('is exact for any amount, rate and mode', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }),
        fc.oneof(decimal, fc.record({ numerator: decimal, denominator: positive })),
        anyMode,
        (minor, rate, mode) => {
          const [over, under] = typeof rate === 'string' ? [rate, '1'] : [rate.numerator, rate.denominator];
          const expected = ifFits(rounded(minor * units(over), units(under), mode));
          expect(minorOf(() => portion(won(minor), rate, mode))).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not care how somebody else has set decimal.js', async () => {
    const { Decimal } = await import('decimal.js');
    const { precision, rounding } = Decimal;
    Decimal.set({ precision: 1, rounding: Decimal.ROUND_UP });
    try {
      expect(portion(won(123_456n), '0.5')).toEqual(won(61_728n));
    } finally {
      Decimal.set({ precision, rounding });
    }
  });
});

describe('convert', () => {
  it.each<[string, string, string, Rate, string]>([
    ['10.00', 'USD', 'KRW', '1391.50', '13915'],
    ['0.01', 'USD', 'KRW', '1391.50', '14'],
    ['13915', 'KRW', 'USD', { numerator: '1', denominator: '1391.50' }, '10.00'],
    ['1', 'KRW', 'USD', { numerator: '1', denominator: '1391.50' }, '0.00'],
    ['1', 'KRW', 'USD', '0.005', '0.01'],
    ['1.000', 'KWD', 'USD', '3.26', '3.26'],
    ['1.00', 'USD', 'WEI', '0.000303030303030303', '0.000303030303030303'],
    ['-10.00', 'USD', 'KRW', '1391.55', '-13916'],
    ['0', 'USD', 'KRW', '1391.50', '0'],
    ['5', 'KRW', 'KRW', '1.00', '5'],
  ])('%s %s to %s', (amount, from, to, rate, expected) => {
    expect(convert(money(amount, from), to, rate)).toEqual(money(expected, to));
  });

  it('is exact for any amount, pair of currencies, rate and mode', () => {
    const anyCurrency = fc.constantFrom('KRW', 'USD', 'KWD', 'CLF', 'WEI');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }),
        anyCurrency,
        anyCurrency,
        fc.record({ numerator: positive, denominator: positive }),
        anyMode,
        (minor, from, to, rate, mode) => {
          fc.pre(from !== to);
          const over = minor * units(rate.numerator) * 10n ** BigInt(exponentOf(to));
          const under = units(rate.denominator) * 10n ** BigInt(exponentOf(from));
          const expected = ifFits(rounded(over, under, mode));
          expect(minorOf(() => convert(minorUnits(minor, from), to, rate, mode))).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('comes back as it was by way of a currency that is finer', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 101n, max: 999_999n }),
        (minor, cents) => {
          const rate = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
          const dollars = minorUnits(minor, 'USD');
          const there = convert(dollars, 'KWD', rate);
          const back = convert(there, 'USD', { numerator: '1', denominator: rate });
          expect(back).toEqual(dollars);
        },
      ),
    );
  });

  const dollar = money('1', 'USD');
  it.each([
    '',
    '0',
    '0.00',
    '-1',
    '-0.5',
    '+1',
    '1e3',
    'NaN',
    'Infinity',
    '1,391.50',
    '.5',
    '5.',
    '0x1',
    ' 1',
    '1\n',
    '１',
    '1'.repeat(19),
    `0.${'1'.repeat(31)}`,
    '9'.repeat(1_000_000),
    1391.5,
    1n,
    null,
    undefined,
    {},
    [],
    Object.create(null),
    { numerator: '1' },
    { denominator: '1' },
    { numerator: '1', denominator: '0' },
    { numerator: '1', denominator: '0.000' },
    { numerator: '0', denominator: '1' },
    { numerator: '-1', denominator: '-1' },
    { numerator: 1, denominator: 2 },
    { numerator: 'NaN', denominator: '1' },
  ])('refuses the rate %.40p', (rate) => {
    const { code, message, details } = refusal(() => convert(dollar, 'KRW', rate as Rate));
    expect(code).toBe('rate_malformed');
    expect(message.length + JSON.stringify(details).length).toBeLessThan(600);
  });

  it('refuses any rate but 1 from a currency to itself', () => {
    expect(refusal(() => convert(dollar, 'USD', '1.1')).code).toBe('rate_malformed');
  });

  it('refuses a result that passes 64 bits', () => {
    expect(refusal(() => convert(money('10', 'USD'), 'WEI', '1'))).toMatchObject({
      code: 'money_out_of_range',
      details: { currency: 'WEI', most: '9.223372036854775807' },
    });
  });

  it('refuses an unknown currency', () => {
    expect(refusal(() => convert(dollar, 'XXX', '1')).code).toBe('currency_unknown');
  });
});

describe('a rounding mode', () => {
  it.each(['bankers', 'HALF_UP', '', 'constructor', '__proto__', 4, null])(
    'is refused when it is %p',
    (mode) => {
      const works = [
        () => portion(won(1n), '0.5', mode as RoundingMode),
        () => convert(won(1n), 'USD', '0.5', mode as RoundingMode),
      ];
      for (const work of works) {
        expect(refusal(work)).toMatchObject({ code: 'rounding_mode_unknown', details: { modes: MODES } });
      }
    },
  );
});
