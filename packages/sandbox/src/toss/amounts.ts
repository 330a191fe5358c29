/**
 * Amounts are counts of won. They are numbers here, and not bigints, because the provider's JSON has numbers; requests let only
 * safe integers in, and nothing below divides anything but to round.
 */
export interface TaxedAmount {
  readonly suppliedAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
}

/** TossPayments: vat = round((amount − taxFree) / 11); what is left of the taxed part is the supply. */
export function splitTax(amount: number, taxFreeAmount: number): TaxedAmount {
  const taxed = amount - taxFreeAmount;
  const vat = Math.round(taxed / 11);
  return { suppliedAmount: taxed - vat, vat, taxFreeAmount };
}
