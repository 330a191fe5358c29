import { Decimal } from 'decimal.js';
import { LedgerError } from '../errors.ts';
import { type Money, minorUnits } from './money.ts';

/** All rounding of the ledger happens in this file. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -80, toExpPos: 80 });

export type RoundingMode = 'half_up' | 'half_even' | 'down' | 'up';

const MODES: Readonly<Record<RoundingMode, Decimal.Rounding>> = {
  half_up: Decimal.ROUND_HALF_UP,
  half_even: Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
};

/** `rate` of an amount, such as `'0.05'`, rounded to a minor unit once. */
export function portion(amount: Money, rate: string, mode: RoundingMode = 'half_up'): Money {
  const exact = new Exact(amount.minor.toString()).times(new Exact(rate));
  return minorUnits(BigInt(exact.toDecimalPlaces(0, MODES[mode]).toFixed(0)), amount.currency);
}

/**
 * Splits an amount by weights so that the parts sum to it exactly. Each part gets its floor, and the units left over go to
 * the largest remainders, the earlier part first where two are equal (Hamilton's method).
 * @throws LedgerError `split_impossible` when a weight is negative or all are zero
 */
export function splitByWeights(amount: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) {
    throw new LedgerError(
      'split_impossible',
      'Weights must not be negative, and one at least must be above zero.',
      {
        weights: weights.map(String),
      },
    );
  }
  const sign = amount.minor < 0n ? -1n : 1n;
  const size = amount.minor * sign;
  const floors = weights.map((weight) => (size * weight) / total);
  const leftOver = Number(size - floors.reduce((sum, part) => sum + part, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (size * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const favoured = new Set(byRemainder.slice(0, leftOver).map(({ index }) => index));
  return floors.map((part, index) =>
    minorUnits(sign * (part + (favoured.has(index) ? 1n : 0n)), amount.currency),
  );
}
