import { Decimal } from 'decimal.js';
import { describeRefused, LedgerError } from '../errors.ts';

/**
 * A rate as it is quoted, exactly: decimal text such as `'0.05'` or `'1391.50'`, or a fraction of two such texts. The fraction
 * turns a rate round without rounding it: if a dollar costs 1391.50 won, then a won costs
 * `{ numerator: '1', denominator: '1391.50' }` dollars. Up to 18 digits before the point and 30 after it.
 */
export type Rate = string | { readonly numerator: string; readonly denominator: string };

/**
 * Amounts have 19 digits, rates 48, and decimals shift by 18 at most: products are therefore exact at 120 digits, and a quotient
 * lies either on a tie between two minor units or further from it than 120 digits can blur.
 */
export const Exact = Decimal.clone({ precision: 120 });

/** A rate that has been read: never below zero, and its denominator above it. */
export interface ExactRate {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

const ONE = new Exact(1);

/** @throws LedgerError `rate_malformed` */
export function readRate(rate: Rate): ExactRate {
  if (typeof rate === 'string') return { numerator: readDecimal(rate), denominator: ONE };
  const [numerator, denominator] = [readDecimal(rate?.numerator), readDecimal(rate?.denominator)];
  if (denominator.isZero()) throw malformed(rate, 'its denominator is zero');
  return { numerator, denominator };
}

/** @throws LedgerError `rate_malformed`, also for zero: what a currency is exchanged at cannot be nothing */
export function readExchangeRate(rate: Rate): ExactRate {
  const read = readRate(rate);
  if (read.numerator.isZero()) throw malformed(rate, 'an exchange rate is above zero');
  return read;
}

/** @throws LedgerError `rate_malformed` */
export function readDecimal(text: unknown): Decimal {
  if (typeof text === 'string' && /^\d{1,18}(\.\d{1,30})?$/.test(text)) return new Exact(text);
  throw malformed(text, 'it is not such a decimal');
}

function malformed(rate: unknown, why: string): LedgerError {
  return new LedgerError(
    'rate_malformed',
    `A rate is text such as "0.05", not below zero, with up to 18 digits before the point and 30 after it, or a fraction of two: ${describeRefused(rate)} is refused, because ${why}.`,
    { rate: describeRefused(rate) },
  );
}
