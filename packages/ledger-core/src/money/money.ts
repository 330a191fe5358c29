import { LedgerError } from '../errors.ts';
import { type Currency, currency, exponentOf } from './currency.ts';

/** An exact amount: a count of minor units in a currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** What a signed 64-bit column holds. */
export const MAX_MINOR = 2n ** 63n - 1n;

/**
 * Reads an amount written in major units: `money('12.34', 'USD')` is 1,234 cents, `money('36000', 'KRW')` is 36,000 won.
 * @throws LedgerError `money_malformed` (also for a JavaScript number: write it as a string), `money_too_many_decimals`,
 *   `money_out_of_range`, `currency_unknown`
 */
export function money(major: string, code: string): Money {
  const exponent = exponentOf(code);
  const match = typeof major === 'string' ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(major) : null;
  if (match === null) {
    throw new LedgerError(
      'money_malformed',
      `An amount is a string of digits such as "36000" or "12.34", not ${describe(major)}.`,
      {
        amount: describe(major),
      },
    );
  }
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > exponent) {
    throw new LedgerError(
      'money_too_many_decimals',
      `${code} has ${exponent} decimals, and ${major.slice(0, 80)} has ${fraction.length}.`,
      {
        amount: major.slice(0, 80),
        currency: code,
        exponent,
      },
    );
  }
  if (whole.length > 40) throw outOfRange(major.slice(0, 80), code);
  const digits = BigInt(whole + fraction.padEnd(exponent, '0'));
  return minorUnits(sign === '-' ? -digits : digits, code);
}

/**
 * An amount from its minor units: `minorUnits(1234n, 'USD')` is 12.34 dollars.
 * @throws LedgerError `money_malformed`, `money_out_of_range`, `currency_unknown`
 */
export function minorUnits(minor: bigint, code: string): Money {
  if (typeof minor !== 'bigint') {
    throw new LedgerError(
      'money_malformed',
      `Minor units are a bigint such as 36000n, not ${describe(minor)}.`,
      { amount: describe(minor) },
    );
  }
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw outOfRange(minor.toString(), code);
  return { minor, currency: currency(code) };
}

/** The amount in major units, exactly, as money stands in JSON: `"12.34"`, `"36000"`, `"-0.05"`. */
export function formatMoney(amount: Money): string {
  return formatMinor(amount.minor, amount.currency);
}

export function formatMinor(minor: bigint, code: string): string {
  const exponent = exponentOf(code);
  if (exponent === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function outOfRange(amount: string, code: string): LedgerError {
  return new LedgerError(
    'money_out_of_range',
    `${amount} minor units of ${code} do not fit in a signed 64-bit integer.`,
    {
      amount,
      currency: code,
    },
  );
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value.slice(0, 80))
    : `${typeof value} ${String(value).slice(0, 80)}`;
}
