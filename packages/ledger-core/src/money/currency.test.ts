import { describe, expect, it } from '@jest/globals';
import { data, publishDate } from 'currency-codes';
import { refusal } from '../../test/refusal.ts';
import { currency, exponentOf, registerCurrency } from './currency.ts';
import { ISO_4217_EXPONENTS } from './iso-4217.ts';

/** What changed between the list that the package carries and the one of 2026-01-01. */
const ADDED_SINCE = ['XAD', 'XCG'];
const WITHDRAWN_SINCE = ['ANG', 'BGN', 'CUC'];

/** Listed with "N.A." instead of a number of decimals, which the package writes as 0. */
const WITHOUT_MINOR_UNIT = 'XAG XAU XPD XPT XBA XBB XBC XBD XDR XSU XTS XUA XXX'.split(' ');

describe('ISO 4217', () => {
  const published = data
    .filter(({ code }) => ![...WITHOUT_MINOR_UNIT, ...WITHDRAWN_SINCE].includes(code))
    .map(({ code, digits }) => [code, digits]);

  it('has every currency of the published list with its decimals, and no other', () => {
    expect(publishDate).toBe('2024-06-25');
    const added = ADDED_SINCE.map((code) => [code, 2]);
    expect([...ISO_4217_EXPONENTS].sort()).toEqual([...published, ...added].sort());
  });

  it.each(WITHOUT_MINOR_UNIT)('does not know %s, which has no minor unit', (code) => {
    expect(refusal(() => exponentOf(code))).toMatchObject({ code: 'currency_unknown', details: { code } });
  });

  it.each([
    ['KRW', 0],
    ['USD', 2],
    ['KWD', 3],
    ['CLF', 4],
  ])('gives %s %i decimals', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
    expect(currency(code)).toBe(code);
  });

  it.each([
    'krw',
    'US',
    'USDX',
    '',
    ' USD',
    '__proto__',
    'constructor',
    '원화',
    5,
    5n,
    null,
    undefined,
    {},
    Object.create(null),
    Symbol('USD'),
  ])('does not know %p', (code) => {
    expect(refusal(() => currency(code as string)).code).toBe('currency_unknown');
  });
});

describe('registerCurrency', () => {
  it('adds a currency, and takes the same again', () => {
    expect(registerCurrency('POINT', 0)).toBe('POINT');
    expect(registerCurrency('POINT', 0)).toBe('POINT');
    expect(exponentOf('POINT')).toBe(0);
  });

  it('takes a code that ISO lists without a minor unit, such as gold', () => {
    registerCurrency('XAU', 4);
    expect(exponentOf('XAU')).toBe(4);
  });

  it('takes 18 decimals', () => {
    registerCurrency('WEI18', 18);
    expect(exponentOf('WEI18')).toBe(18);
  });

  it.each([
    ['an ISO currency', 'KRW', 2, 0],
    ['a registered one', 'MILES', 3, 0],
  ])('refuses other decimals for %s', (_, code, exponent, known) => {
    if (code === 'MILES') registerCurrency('MILES', 0);
    expect(refusal(() => registerCurrency(code, exponent))).toMatchObject({
      code: 'currency_conflict',
      details: { code, exponent, known },
    });
    expect(exponentOf(code)).toBe(known);
  });

  it.each([
    ['PT', 0],
    ['points', 0],
    ['POINTSPOINTSX', 0],
    ['1PT', 0],
    ['PO-NT', 0],
    ['POINT\n', 0],
    ['POI😀', 0],
    [null, 0],
    ['TOKEN', 19],
    ['TOKEN', -1],
    ['TOKEN', 1.5],
    ['TOKEN', Number.NaN],
    ['TOKEN', '2'],
    ['TOKEN', 2n],
    ['TOKEN', undefined],
  ])('refuses %p with %p decimals', (code, exponent) => {
    expect(refusal(() => registerCurrency(code as string, exponent as number)).code).toBe('currency_unknown');
    expect(refusal(() => exponentOf('TOKEN')).code).toBe('currency_unknown');
  });
});
