import { LedgerError } from '../errors.ts';
import { formatMoney, type Money, minorUnits } from '../money/money.ts';
import { portion } from '../money/rounding.ts';

/** What the platform keeps of a sale. Rates are decimals as text, such as `'0.05'`. */
export interface FeePolicy {
  readonly feeRate: string;
  /** VAT on the fee, which the platform collects from the seller and owes to the tax office. */
  readonly vatRate: string;
}

/** 5% of the sale, and 10% VAT on the fee. */
export const DEFAULT_FEE_POLICY: FeePolicy = { feeRate: '0.05', vatRate: '0.1' };

/** A sale's parts: `gross` is exactly `fee` + `vat` + `net`. */
export interface SaleSplit {
  readonly gross: Money;
  readonly fee: Money;
  readonly vat: Money;
  readonly net: Money;
}

/**
 * Splits a sale so that fee, VAT and net always sum to the gross: each rate is rounded once, and the seller gets the rest.
 * @throws LedgerError `rate_malformed`, `split_impossible` when fee and VAT would pass the gross
 */
export function splitSale(gross: Money, policy: FeePolicy = DEFAULT_FEE_POLICY): SaleSplit {
  const fee = portion(gross, policy.feeRate);
  const vat = portion(fee, policy.vatRate);
  const kept = fee.minor + vat.minor;
  if (gross.minor < 0n ? kept < gross.minor : kept > gross.minor) {
    throw new LedgerError(
      'split_impossible',
      `A fee of ${policy.feeRate} and VAT of ${policy.vatRate} on it pass the sale; lower the rates.`,
      { ...policy, gross: formatMoney(gross), fee: formatMoney(fee), vat: formatMoney(vat) },
    );
  }
  return { gross, fee, vat, net: minorUnits(gross.minor - kept, gross.currency) };
}
