import { type AccountOpening, credit, debit, type Entry, minorUnits } from '@jangbu/ledger-core';

const SELLERS = 1_000;
const ACCOUNTS = 10_000;
const won = (amount: bigint) => minorUnits(amount, 'KRW');

/** Entries of one shape, each with a key of its own. */
export interface Workload {
  readonly name: string;
  readonly accounts: readonly AccountOpening[];
  entry(index: number): Entry;
}

/** Four lines an entry: cash is in all of them, and so are the platform's other two accounts. */
export function settlements(run: string): Workload {
  const seller = (index: number) => `liabilities:sellers:${index}:pending`;
  return {
    name: '4 lines, 1,000 sellers, 3 platform accounts in each entry',
    accounts: [
      { code: 'assets:cash', type: 'asset', currency: 'KRW' },
      { code: 'revenue:platform-fees', type: 'revenue', currency: 'KRW' },
      { code: 'liabilities:vat-payable', type: 'liability', currency: 'KRW' },
      ...Array.from({ length: SELLERS }, (_, index) => ({
        code: seller(index),
        type: 'liability' as const,
        currency: 'KRW',
      })),
    ],
    entry: (index) => ({
      idempotencyKey: `${run}-${index}`,
      kind: 'settlement',
      lines: [
        debit('assets:cash', won(38_000n)),
        credit(seller((index * 7_919) % SELLERS), won(35_910n)),
        credit('revenue:platform-fees', won(1_900n)),
        credit('liabilities:vat-payable', won(190n)),
      ],
    }),
  };
}

/** Two lines an entry, between two of 10,000 accounts drawn at random. */
export function transfers(run: string): Workload {
  const account = (index: number) => `liabilities:members:${index}`;
  return {
    name: '2 lines, random transfers among 10,000 accounts',
    accounts: Array.from({ length: ACCOUNTS }, (_, index) => ({
      code: account(index),
      type: 'liability' as const,
      currency: 'KRW',
    })),
    entry: (index) => {
      const from = Math.floor(Math.random() * ACCOUNTS);
      const to = (from + 1 + Math.floor(Math.random() * (ACCOUNTS - 1))) % ACCOUNTS;
      return {
        idempotencyKey: `${run}-${index}`,
        kind: 'transfer',
        lines: [debit(account(from), won(100n)), credit(account(to), won(100n))],
      };
    },
  };
}
