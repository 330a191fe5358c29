import { type Money, minorUnits } from '../money/money.ts';
import { portion } from '../money/rounding.ts';

/** What the platform keeps of a sale. Rates are decimals as text, such as `'0.05'`. */
export interface FeePolicy {
  readonly feeRate: string;
  /** VAT on the fee, which the platform collects from the seller and owes to the tax office. */
  readonly vatRate: string;
}

export const DEFAULT_FEE_POLICY: FeePolicy = { feeRate: '0.05', vatRate: '0.1' };

export interface SaleSplit {
  readonly gross: Money;
  readonly fee: Money;
  readonly vat: Money;
  readonly net: Money;
}

/** Splits a sale so that fee, VAT and net always sum to the gross: each rate is rounded once, and the seller gets the rest. */
export function splitSale(gross: Money, policy: FeePolicy = DEFAULT_FEE_POLICY): SaleSplit {
  const fee = portion(gross, policy.feeRate);
  const vat = portion(fee, policy.vatRate);
  return { gross, fee, vat, net: minorUnits(gross.minor - fee.minor - vat.minor, gross.currency) };
}
