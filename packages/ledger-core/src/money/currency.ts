import { describeRefused, LedgerError } from '../errors.ts';
import { ISO_4217_EXPONENTS } from './iso-4217.ts';

/** A currency's code, upper case: ISO 4217, or one registered with {@link registerCurrency}. */
export type Currency = string & { readonly __brand: 'Currency' };

const MOST_DECIMALS = 18;

const exponents = new Map<string, number>(ISO_4217_EXPONENTS);

/**
 * Adds a currency of your own, such as points, a crypto-currency, or one that ISO has withdrawn. Registering it again with the same
 * exponent does nothing. A ledger remembers the decimals with the currency's first account: whoever opens the ledger later learns
 * them, and whoever has registered others is refused with `currency_conflict`.
 *
 * An amount is a signed 64-bit count of minor units, so decimals cost range. Whole units that fit, either side of zero:
 *
 * | decimals | holds up to | such as |
 * |---|---|---|
 * | 0 | 9,223,372,036,854,775,807 | points |
 * | 2 | 92,233,720,368,547,758.07 | ISO 4217's usual |
 * | 8 | 92,233,720,368.54775807 | bitcoin, in satoshi |
 * | 9 | 9,223,372,036.854775807 | ether, in gwei |
 * | 18 | 9.223372036854775807 | ether, in wei |
 *
 * An account's totals of all debits and all credits that it ever had are held to the same range. So 18 decimals suit
 * amounts that stay tiny; register the currency with fewer decimals to hold more.
 * @param code 3 to 12 of A-Z and 0-9, a letter first
 * @param exponent how many decimals its minor unit has, 0 to 18
 * @throws LedgerError `currency_conflict` when the code already has another exponent, `currency_unknown` when it is malformed
 */
export function registerCurrency(code: string, exponent: number): Currency {
  const isNamed = typeof code === 'string' && /^[A-Z][A-Z0-9]{2,11}$/.test(code);
  if (!isNamed || !Number.isInteger(exponent) || exponent < 0 || exponent > MOST_DECIMALS) {
    throw new LedgerError(
      'currency_unknown',
      `A currency is 3 to 12 capitals or digits, with 0 to ${MOST_DECIMALS} decimals.`,
      {
        code: typeof code === 'string' ? code.slice(0, 80) : describeRefused(code),
        exponent: typeof exponent === 'number' ? exponent : describeRefused(exponent),
      },
    );
  }
  const known = exponents.get(code);
  if (known !== undefined && known !== exponent) {
    throw new LedgerError('currency_conflict', `${code} already has ${known} decimals; use another code.`, {
      code,
      exponent,
      known,
    });
  }
  exponents.set(code, exponent);
  return code as Currency;
}

/** Takes over what a ledger says; @throws LedgerError `currency_conflict` when this process says otherwise */
export function learnCurrency(code: string, stored: number): void {
  const known = exponents.get(code);
  if (known !== undefined && known !== stored)
    throw new LedgerError(
      'currency_conflict',
      `The ledger keeps ${code} with ${stored} decimals, and this process with ${known}; register it with ${stored}, or use another code.`,
      { code, exponent: known, known: stored },
    );
  exponents.set(code, stored);
}

export function isOfIso4217(code: string): boolean {
  return ISO_4217_EXPONENTS.has(code);
}

/**
 * A currency's code, once it is known to be one.
 * @throws LedgerError `currency_unknown`
 */
export function currency(code: string): Currency {
  exponentOf(code);
  return code as Currency;
}

/**
 * How many decimals the currency's minor unit has: 0 for KRW, 2 for USD.
 * @throws LedgerError `currency_unknown`
 */
export function exponentOf(code: string): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) {
    throw new LedgerError(
      'currency_unknown',
      `Unknown currency ${describeRefused(code)}: use an ISO 4217 code that has a minor unit, or register it.`,
      { code: typeof code === 'string' ? code.slice(0, 80) : describeRefused(code) },
    );
  }
  return exponent;
}
