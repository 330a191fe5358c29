import { Decimal } from 'decimal.js';
import { describeRefused, LedgerError } from '../errors.ts';
import { exponentOf } from './currency.ts';
import { assertMoney, type Money, minorUnits } from './money.ts';
import { Exact, type ExactRate, type Rate, readDecimal, readExchangeRate, readRate } from './rates.ts';

// All rounding of the ledger happens in this file, to minor units, and once for each amount.

/**
 * Where an exact result between two minor units goes. `half_up`: to the nearer, and from the middle away from zero;
 * `half_even`: to the nearer, and from the middle to the even one; `down`: towards zero; `up`: away from zero; `floor`: to
 * the lesser; `ceiling`: to the greater.
 */
export type RoundingMode = 'half_up' | 'half_even' | 'down' | 'up' | 'floor' | 'ceiling';

const MODES: ReadonlyMap<string, Decimal.Rounding> = new Map([
  ['half_up', Decimal.ROUND_HALF_UP],
  ['half_even', Decimal.ROUND_HALF_EVEN],
  ['down', Decimal.ROUND_DOWN],
  ['up', Decimal.ROUND_UP],
  ['floor', Decimal.ROUND_FLOOR],
  ['ceiling', Decimal.ROUND_CEIL],
]);

/** What a price that includes VAT is made of: net and VAT sum to the gross. */
export interface VatSplit {
  readonly gross: Money;
  readonly net: Money;
  readonly vat: Money;
}

/**
 * `rate` of an amount, rounded once: `portion(money('36000', 'KRW'), '0.05')` is 1,800 won.
 * @throws LedgerError `rate_malformed`, `rounding_mode_unknown`, `money_out_of_range`
 */
export function portion(amount: Money, rate: Rate, mode: RoundingMode = 'half_up'): Money {
  assertMoney(amount);
  return minorUnits(scale(amount.minor, readRate(rate), mode), amount.currency);
}

/**
 * The amount in another currency, rounded once to its minor unit: `convert(money('10.00', 'USD'), 'KRW', '1391.50')` is
 * 13,915 won. The rate says how many major units of the new currency one major unit of the old one costs.
 *
 * Converting there and back need not give the first amount: each way rounds by up to one minor unit. In the books the
 * difference shows on the trading accounts; see `exchangeLines`.
 * @throws LedgerError `rate_malformed` (also for zero, and for any rate but 1 from a currency to itself),
 *   `rounding_mode_unknown`, `money_out_of_range`, `currency_unknown`
 */
export function convert(amount: Money, to: string, rate: Rate, mode: RoundingMode = 'half_up'): Money {
  assertMoney(amount);
  const { numerator, denominator } = readExchangeRate(rate);
  if (amount.currency === to && !numerator.equals(denominator)) {
    throw new LedgerError('rate_malformed', `${to} is exchanged for ${to} at 1, and at no other rate.`, {
      rate: describeRefused(rate),
      currency: to,
    });
  }
  const shift = new Exact(`1e${exponentOf(to) - exponentOf(amount.currency)}`);
  return minorUnits(scale(amount.minor, { numerator: numerator.times(shift), denominator }, mode), to);
}

/**
 * Takes the VAT out of a price that includes it: gross × rate ÷ (1 + rate), rounded once, which at 10 % is gross ÷ 11. The net
 * is the rest, so that the two always sum to the gross.
 * @throws LedgerError `rate_malformed`, `rounding_mode_unknown`
 */
export function splitVatInclusive(gross: Money, rate: Rate, mode: RoundingMode = 'half_up'): VatSplit {
  assertMoney(gross);
  const { numerator, denominator } = readRate(rate);
  const vat = scale(gross.minor, { numerator, denominator: denominator.plus(numerator) }, mode);
  return {
    gross,
    net: minorUnits(gross.minor - vat, gross.currency),
    vat: minorUnits(vat, gross.currency),
  };
}

/**
 * Splits an amount by weights so that the parts sum to it exactly. Each part gets its floor, and the units left over go to
 * the largest remainders, the earlier part first where two are equal (Hamilton's method).
 * @throws LedgerError `split_impossible` when a weight is negative or no bigint, or all are zero
 */
export function splitByWeights(amount: Money, weights: readonly bigint[]): Money[] {
  assertMoney(amount);
  const total = assertWeights(weights);
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

/**
 * Splits an amount by percentages such as `['33.3', '66.7']`, which must sum to 100, as {@link splitByWeights} does.
 * @throws LedgerError `rate_malformed`, `split_impossible` when they sum to anything else
 */
export function splitByPercentages(amount: Money, percentages: readonly string[]): Money[] {
  const read = Array.from(percentages ?? [], readDecimal);
  const total = read.reduce((sum, percentage) => sum.plus(percentage), new Exact(0));
  if (!total.equals(100)) {
    throw new LedgerError(
      'split_impossible',
      `Percentages sum to 100, and these sum to ${total.toFixed()}.`,
      {
        sum: total.toFixed(),
      },
    );
  }
  return splitByWeights(
    amount,
    read.map((percentage) => BigInt(percentage.times('1e30').toFixed(0))),
  );
}

function scale(minor: bigint, { numerator, denominator }: ExactRate, mode: RoundingMode): bigint {
  const rounding = MODES.get(mode);
  if (rounding === undefined) {
    const modes = [...MODES.keys()];
    throw new LedgerError(
      'rounding_mode_unknown',
      `A rounding mode is one of ${modes.join(', ')}, not ${describeRefused(mode)}.`,
      { mode: describeRefused(mode), modes },
    );
  }
  const exact = new Exact(minor.toString()).times(numerator).div(denominator);
  return BigInt(exact.toDecimalPlaces(0, rounding).toFixed(0));
}

/** Returns their sum. */
function assertWeights(weights: readonly bigint[]): bigint {
  const areWeights =
    Array.isArray(weights) && weights.every((weight) => typeof weight === 'bigint' && weight >= 0n);
  const total = areWeights ? weights.reduce((sum, weight) => sum + weight, 0n) : 0n;
  if (total > 0n) return total;
  throw new LedgerError(
    'split_impossible',
    'Weights are bigints, not below zero, and one at least is above it.',
    {
      weights: Array.isArray(weights)
        ? weights
            .slice(0, 100)
            .map((weight) => (typeof weight === 'bigint' ? String(weight) : describeRefused(weight)))
        : describeRefused(weights),
    },
  );
}
