import { describeRefused, LedgerError } from '../errors.ts';
import { type Currency, currency, exponentOf } from './currency.ts';

/** An exact amount: a count of minor units in a currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** An amount as it stands in JSON, in major units: `{"amount": "12.34", "currency": "USD"}`. */
export interface MoneyJson {
  readonly amount: string;
  readonly currency: string;
}

/** What a signed 64-bit column holds. The least amount is its negative, so that every amount can be negated. */
export const MAX_MINOR = 2n ** 63n - 1n;

/** No amount that fits has more digits, and parsing a longer one would only cost time. */
const MOST_DIGITS = 40;

/**
 * Reads an amount written in major units: `money('12.34', 'USD')` is 1,234 cents, `money('36000', 'KRW')` is 36,000 won.
 * Minor units are held in 64 bits: up to 92,233,720,368,547,758.07 USD, or 9.223372036854775807 of a currency that was
 * registered with 18 decimals.
 * @throws LedgerError `money_malformed` (also for a JavaScript number: write it as a string), `money_too_many_decimals`,
 *   `money_out_of_range` (its `most` and `least` give the currency's range), `currency_unknown`
 */
export function money(major: string, code: string): Money {
  const exponent = exponentOf(code);
  const match = typeof major === 'string' ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(major) : null;
  if (match === null) {
    throw new LedgerError(
      'money_malformed',
      `An amount is a string of digits such as "36000" or "12.34", not ${describeRefused(major)}.`,
      { amount: describeRefused(major) },
    );
  }
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > exponent) {
    throw new LedgerError(
      'money_too_many_decimals',
      `${code} has ${exponent} decimals, and ${describeRefused(major)} has ${fraction.length}.`,
      { amount: major.slice(0, 80), currency: code, exponent },
    );
  }
  if (whole.length > MOST_DIGITS) throw outOfRange(major.slice(0, 80), code);
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
      `Minor units are a bigint such as 36000n, not ${describeRefused(minor)}.`,
      { amount: describeRefused(minor) },
    );
  }
  const known = currency(code);
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw outOfRange(formatMinor(minor, code).slice(0, 80), code);
  return { minor, currency: known };
}

/** The amount in major units, exactly, as money stands in JSON: `"12.34"`, `"36000"`, `"-0.05"`. */
export function formatMoney(amount: Money): string {
  assertMoney(amount);
  return formatMinor(amount.minor, amount.currency);
}

/** The amount as JSON can hold it; {@link moneyFromJson} reads it back. */
export function moneyToJson(amount: Money): MoneyJson {
  return { amount: formatMoney(amount), currency: amount.currency };
}

/**
 * Reads what {@link moneyToJson} wrote, or what somebody else sent in that shape. Other fields are not looked at.
 * @throws LedgerError `money_malformed`, `money_too_many_decimals`, `money_out_of_range`, `currency_unknown`
 */
export function moneyFromJson(json: unknown): Money {
  if (typeof json !== 'object' || json === null || !('amount' in json) || !('currency' in json)) {
    throw new LedgerError(
      'money_malformed',
      `Money in JSON is {"amount": "12.34", "currency": "USD"}, not ${describeRefused(json)}.`,
      { amount: describeRefused(json) },
    );
  }
  return money(json.amount as string, json.currency as string);
}

export function formatMinor(minor: bigint, code: string): string {
  const exponent = exponentOf(code);
  if (exponent === 0) return minor.toString();
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** For callers without types: anything else would fail later, and without a code. */
export function assertMoney(amount: unknown): asserts amount is Money {
  const { minor, currency: code } = (amount ?? {}) as Partial<Money>;
  if (typeof minor === 'bigint' && typeof code === 'string') return;
  throw new LedgerError(
    'money_malformed',
    `Money is made with money or minorUnits; this is ${describeRefused(amount)}.`,
    { amount: describeRefused(amount) },
  );
}

function outOfRange(amount: string, code: string): LedgerError {
  const [least, most] = [formatMinor(-MAX_MINOR, code), formatMinor(MAX_MINOR, code)];
  return new LedgerError(
    'money_out_of_range',
    `${amount} ${code} does not fit in 64 bits of minor units, which hold ${least} to ${most}.`,
    { amount, currency: code, exponent: exponentOf(code), least, most },
  );
}
