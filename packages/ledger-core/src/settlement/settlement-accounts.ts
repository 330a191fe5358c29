import type { AccountOpening } from '../accounts/account.ts';

/** The accounts of settlement, each opened when it is first needed. */
export const settlementAccounts = {
  receivable: (currency: string): AccountOpening => ({
    code: 'assets:receivables:tosspayments',
    name: 'Receivable from TossPayments',
    type: 'asset',
    currency,
  }),
  feeRevenue: (currency: string): AccountOpening => ({
    code: 'revenue:platform-fees',
    name: 'Platform fees',
    type: 'revenue',
    currency,
  }),
  vatPayable: (currency: string): AccountOpening => ({
    code: 'liabilities:vat-payable',
    name: 'VAT payable',
    type: 'liability',
    currency,
  }),
  sellerPending: (sellerId: string, currency: string): AccountOpening => ({
    code: walletCodes(sellerId).pending,
    name: `Seller ${sellerId}, pending`,
    type: 'liability',
    currency,
  }),
};

/** The accounts behind a seller's wallet. */
export function walletCodes(sellerId: string): Record<'pending' | 'available' | 'onHold' | 'owed', string> {
  return {
    pending: `liabilities:sellers:${sellerId}:pending`,
    available: `liabilities:sellers:${sellerId}:available`,
    onHold: `liabilities:sellers:${sellerId}:on-hold`,
    owed: `assets:sellers:${sellerId}:owed`,
  };
}
