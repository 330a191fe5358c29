import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { exponentOf, registerCurrency } from './currency.ts';
import {
  formatMoney,
  MAX_MINOR,
  type Money,
  minorUnits,
  money,
  moneyFromJson,
  moneyToJson,
} from './money.ts';

registerCurrency('WEI', 18);
registerCurrency('GWEI', 9);

const CURRENCIES = ['KRW', 'USD', 'KWD', 'CLF', 'GWEI', 'WEI'];
const anyMoney = fc
  .record({
    minor: fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }),
    code: fc.constantFrom(...CURRENCIES),
  })
  .map(({ minor, code }) => minorUnits(minor, code));

describe('money', () => {
  it.each([
    ['36000', 'KRW', 36_000n],
    ['12.34', 'USD', 1_234n],
    ['12.3', 'USD', 1_230n],
    ['12', 'USD', 1_200n],
    ['-0.05', 'USD', -5n],
    ['0', 'USD', 0n],
    ['-0', 'USD', 0n],
    ['0012', 'KRW', 12n],
    ['0.001', 'KWD', 1n],
    ['0.0001', 'CLF', 1n],
    ['9223372036854775807', 'KRW', MAX_MINOR],
    ['-9223372036854775807', 'KRW', -MAX_MINOR],
    ['92233720368547758.07', 'USD', MAX_MINOR],
    ['9.223372036854775807', 'WEI', MAX_MINOR],
    ['9223372036.854775807', 'GWEI', MAX_MINOR],
  ])('reads %s %s', (major, code, minor) => {
    expect(money(major, code)).toEqual({ minor, currency: code });
  });

  it.each([
    '',
    ' ',
    '-',
    '--1',
    '+1',
    '.5',
    '5.',
    '1.2.3',
    '1,000',
    '1_000',
    ' 1',
    '1 ',
    '1\n',
    '1e3',
    '0x10',
    '1n',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    '１２',
    '一',
    '천원',
    '😀',
    '\ud800',
    '₩1',
    '1;2',
    36000,
    12.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    36000n,
    null,
    undefined,
    true,
    {},
    [],
    ['1'],
    Object.create(null),
    Symbol('1'),
    () => '1',
    new String('1'),
  ])('refuses %p as an amount', (amount) => {
    const { code, details, message } = refusal(() => money(amount as string, 'USD'));
    expect(code).toBe('money_malformed');
    expect(JSON.stringify(details).length).toBeLessThan(200);
    expect(message).toMatch(/^An amount is a string of digits such as "36000" or "12.34", not /);
  });

  it.each([
    ['1.5', 'KRW', 0],
    ['1.0', 'KRW', 0],
    ['1.234', 'USD', 2],
    ['0.0000000000000000001', 'WEI', 18],
    [`0.${'0'.repeat(100_000)}`, 'USD', 2],
  ])('refuses the decimals of %.30s %s', (amount, code, exponent) => {
    expect(refusal(() => money(amount, code))).toMatchObject({
      code: 'money_too_many_decimals',
      details: { amount: amount.slice(0, 80), currency: code, exponent },
    });
  });

  it.each([
    ['9223372036854775808', 'KRW', '9223372036854775807'],
    ['-9223372036854775808', 'KRW', '9223372036854775807'],
    ['92233720368547758.08', 'USD', '92233720368547758.07'],
    ['9.223372036854775808', 'WEI', '9.223372036854775807'],
    ['10', 'WEI', '9.223372036854775807'],
    ['9223372037', 'GWEI', '9223372036.854775807'],
    ['9'.repeat(100_000), 'KRW', '9223372036854775807'],
  ])('refuses %.30s %s, and tells the range', (amount, code, most) => {
    const { code: refused, details, message } = refusal(() => money(amount, code));
    expect(refused).toBe('money_out_of_range');
    expect(details).toEqual({
      amount: expect.stringContaining(amount.slice(0, 80)),
      currency: code,
      exponent: exponentOf(code),
      least: `-${most}`,
      most,
    });
    expect(message).toContain(`hold -${most} to ${most}`);
  });

  it('looks at the currency first', () => {
    expect(refusal(() => money('NaN', 'XXX')).code).toBe('currency_unknown');
  });
});

describe('minorUnits', () => {
  it.each([1, 1.5, '1', null, undefined, Number.NaN, {}, Object.create(null)])('refuses %p', (minor) => {
    expect(refusal(() => minorUnits(minor as bigint, 'USD')).code).toBe('money_malformed');
  });

  it.each([MAX_MINOR + 1n, -MAX_MINOR - 1n, 10n ** 1000n])('refuses what passes 64 bits', (minor) => {
    expect(refusal(() => minorUnits(minor, 'WEI')).code).toBe('money_out_of_range');
  });
});

describe('formatMoney', () => {
  it.each([
    [0n, 'KRW', '0'],
    [0n, 'USD', '0.00'],
    [5n, 'USD', '0.05'],
    [-5n, 'USD', '-0.05'],
    [-1_234n, 'USD', '-12.34'],
    [1n, 'WEI', '0.000000000000000001'],
  ])('writes %p %s as %s', (minor, code, text) => {
    expect(formatMoney(minorUnits(minor, code))).toBe(text);
  });

  it('writes what money reads back, whatever the amount', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(money(formatMoney(amount), amount.currency)).toEqual(amount);
      }),
    );
  });

  it('refuses what is not money', () => {
    expect(refusal(() => formatMoney({ minor: 5 } as unknown as Money)).code).toBe('money_malformed');
  });
});

describe('money in JSON', () => {
  it('is an amount in major units, and its currency', () => {
    expect(JSON.stringify(moneyToJson(money('12.34', 'USD')))).toBe('{"amount":"12.34","currency":"USD"}');
  });

  it('comes back as it was, whatever the amount', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(moneyFromJson(JSON.parse(JSON.stringify(moneyToJson(amount))))).toEqual(amount);
      }),
    );
  });

  it.each([
    [null, 'money_malformed'],
    [undefined, 'money_malformed'],
    ['12.34', 'money_malformed'],
    [12.34, 'money_malformed'],
    [[], 'money_malformed'],
    [{}, 'money_malformed'],
    [{ amount: '1' }, 'money_malformed'],
    [{ currency: 'USD' }, 'money_malformed'],
    [{ amount: 12.34, currency: 'USD' }, 'money_malformed'],
    [{ amount: 'NaN', currency: 'USD' }, 'money_malformed'],
    [{ amount: '1.234', currency: 'USD' }, 'money_too_many_decimals'],
    [{ amount: '1', currency: 'usd' }, 'currency_unknown'],
    [{ amount: '1', currency: 410 }, 'currency_unknown'],
    [{ amount: '9223372036854775808', currency: 'KRW' }, 'money_out_of_range'],
  ])('refuses %p', (json, code) => {
    expect(refusal(() => moneyFromJson(json)).code).toBe(code);
  });
});
