import { type Money, minorUnits } from '../money/money.ts';
import { DEFAULT_FEE_POLICY, type FeePolicy, type SaleSplit, splitSale } from './fee-policy.ts';

/** One seller's part of a payment, and what of it goes back. */
export interface RefundedShare {
  readonly sold: Money;
  /** What goes back now. */
  readonly gross: Money;
  /** What has gone back by then, with what goes back now. */
  readonly refunded: Money;
}

/**
 * Splits what goes back so that the books hold, after any number of refunds, what a sale of the rest would have given them: the
 * parts of the rest before, less the parts of the rest after. So no rounding adds up, and once everything has gone back each part
 * is back at zero. `gross` is exactly `fee` + `vat` + `net`. Fee and VAT are never below zero; the net of a few won can be, when
 * fee and VAT round down together.
 * @throws LedgerError `rate_malformed`, `split_impossible` as {@link splitSale}
 */
export function splitRefund(share: RefundedShare, policy: FeePolicy = DEFAULT_FEE_POLICY): SaleSplit {
  const { sold, gross, refunded } = share;
  const rest = sold.minor - refunded.minor;
  const before = splitSale(minorUnits(rest + gross.minor, gross.currency), policy);
  const after = splitSale(minorUnits(rest, gross.currency), policy);
  const less = (part: 'fee' | 'vat' | 'net') =>
    minorUnits(before[part].minor - after[part].minor, gross.currency);
  return { gross, fee: less('fee'), vat: less('vat'), net: less('net') };
}
