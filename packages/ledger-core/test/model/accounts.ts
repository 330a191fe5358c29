import type { AccountOpening } from '../../src/index.ts';

/** Few accounts, so that callers meet; some of them with limits, so that it matters who came first. */
export const ACCOUNTS = {
  KRW: [
    { code: 'assets:cash', type: 'asset', currency: 'KRW' },
    { code: 'liabilities:wallets:1', type: 'liability', currency: 'KRW', floor: 0n },
    { code: 'liabilities:wallets:2', type: 'liability', currency: 'KRW', floor: 0n },
    { code: 'liabilities:wallets:3', type: 'liability', currency: 'KRW', floor: -300n, ceiling: 1_000n },
    { code: 'assets:till', type: 'asset', currency: 'KRW', floor: 0n, ceiling: 2_000n },
    { code: 'revenue:sales', type: 'revenue', currency: 'KRW' },
    { code: 'expenses:fees', type: 'expense', currency: 'KRW', ceiling: 1_500n },
    { code: 'equity:capital', type: 'equity', currency: 'KRW' },
  ],
  USD: [
    { code: 'assets:dollars', type: 'asset', currency: 'USD' },
    { code: 'liabilities:dollars:1', type: 'liability', currency: 'USD', floor: 0n },
    { code: 'liabilities:dollars:2', type: 'liability', currency: 'USD', floor: -50n, ceiling: 700n },
  ],
  /** Where totals come near to what 64 bits hold. */
  vast: [
    { code: 'assets:vast', type: 'asset', currency: 'KRW' },
    { code: 'liabilities:vast', type: 'liability', currency: 'KRW' },
  ],
  /** Opened while others post to them already. */
  late: [
    { code: 'liabilities:late:1', type: 'liability', currency: 'KRW', floor: 0n },
    { code: 'liabilities:late:2', type: 'liability', currency: 'KRW', ceiling: 400n },
  ],
} as const satisfies Readonly<Record<string, readonly AccountOpening[]>>;

/** What is opened before a run begins. */
export const OPENINGS: readonly AccountOpening[] = [...ACCOUNTS.KRW, ...ACCOUNTS.USD, ...ACCOUNTS.vast];
