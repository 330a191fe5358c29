import { LedgerError } from '../errors.ts';

/** A currency's code, upper case: ISO 4217, or one registered with {@link registerCurrency}. */
export type Currency = string & { readonly __brand: 'Currency' };

/** ISO 4217 minor-unit exponents that are not 2, from the standard's list one. */
const ISO_EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const ISO_TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG';

const exponents = new Map<string, number>([
  ...ISO_TWO_DECIMALS.split(' ').map((code) => [code, 2] as const),
  ...Object.entries(ISO_EXPONENTS),
]);

/**
 * Adds a currency of your own, such as points. Registering it again with the same exponent does nothing.
 * @param exponent how many decimals its minor unit has, 0 to 18
 * @throws LedgerError `currency_conflict` when the code already has another exponent, `currency_unknown` when it is malformed
 */
export function registerCurrency(code: string, exponent: number): Currency {
  if (!/^[A-Z][A-Z0-9]{2,11}$/.test(code) || !Number.isInteger(exponent) || exponent < 0 || exponent > 18) {
    throw new LedgerError(
      'currency_unknown',
      'A currency is 3 to 12 capitals or digits, with 0 to 18 decimals.',
      { code, exponent },
    );
  }
  const known = exponents.get(code);
  if (known !== undefined && known !== exponent) {
    throw new LedgerError('currency_conflict', `${code} already has ${known} decimals.`, {
      code,
      exponent,
      known,
    });
  }
  exponents.set(code, exponent);
  return code as Currency;
}

/** @throws LedgerError `currency_unknown` */
export function currency(code: string): Currency {
  exponentOf(code);
  return code as Currency;
}

/** How many decimals the currency's minor unit has: 0 for KRW, 2 for USD. */
export function exponentOf(code: string): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) {
    throw new LedgerError(
      'currency_unknown',
      `Unknown currency ${JSON.stringify(code)}: use an ISO 4217 code, or register it.`,
      { code },
    );
  }
  return exponent;
}
