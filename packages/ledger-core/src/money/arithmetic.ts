import { describeRefused, LedgerError } from '../errors.ts';
import { assertMoney, type Money, minorUnits } from './money.ts';

/**
 * The sum of two amounts of one currency.
 * @throws LedgerError `currency_mismatch`, `money_out_of_range`
 */
export function addMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return minorUnits(a.minor + b.minor, a.currency);
}

/** `a` less `b`. @throws LedgerError `currency_mismatch`, `money_out_of_range` */
export function subtractMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return minorUnits(a.minor - b.minor, a.currency);
}

/**
 * So many times the amount, exactly: a price times a quantity. For a share of an amount there is `portion`, which rounds.
 * @throws LedgerError `money_malformed` when the count is not a bigint, `money_out_of_range`
 */
export function multiplyMoney(amount: Money, times: bigint): Money {
  assertMoney(amount);
  if (typeof times !== 'bigint') {
    throw new LedgerError(
      'money_malformed',
      `Money is multiplied by a bigint such as 3n, not ${describeRefused(times)}; for a share of it use portion.`,
      { times: describeRefused(times) },
    );
  }
  return minorUnits(amount.minor * times, amount.currency);
}

/** The same size on the other side of zero; every amount has one. */
export function negateMoney(amount: Money): Money {
  assertMoney(amount);
  return minorUnits(-amount.minor, amount.currency);
}

/**
 * Below zero when `a` is less, above when it is more, 0 when they are equal: what `sort` takes.
 * @throws LedgerError `currency_mismatch`
 */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  assertSameCurrency(a, b);
  if (a.minor === b.minor) return 0;
  return a.minor < b.minor ? -1 : 1;
}

/** Whether it is nothing, whatever the currency. */
export function isZero(amount: Money): boolean {
  assertMoney(amount);
  return amount.minor === 0n;
}

/**
 * The total, exactly; the currency is named because a total of nothing has one too. Only the total must fit in 64 bits.
 * @throws LedgerError `currency_mismatch` when an amount is in another currency, `money_out_of_range`, `currency_unknown`
 */
export function sumMoney(amounts: Iterable<Money>, code: string): Money {
  const zero = minorUnits(0n, code);
  let total = 0n;
  for (const amount of amounts) {
    assertSameCurrency(zero, amount);
    total += amount.minor;
  }
  return minorUnits(total, code);
}

function assertSameCurrency(a: Money, b: Money): void {
  assertMoney(a);
  assertMoney(b);
  if (a.currency === b.currency) return;
  throw new LedgerError(
    'currency_mismatch',
    `${a.currency} and ${b.currency} cannot be reckoned together; convert one of them first.`,
    { currency: a.currency, otherCurrency: b.currency },
  );
}
