import type { JournalEntry, Order, WalletChange } from './step.ts';

/** What must hold of one payment's figures. Other payments may be settled at the same time, so wallets may grow by more. */
export function check(
  order: Order,
  entries: readonly JournalEntry[],
  wallets: readonly WalletChange[],
  totals: readonly { readonly debit: string; readonly credit: string }[],
): Record<string, boolean> {
  return {
    'the entries debit what was paid': sumOf(entries, 'debit') === BigInt(order.amount),
    'each entry balances': entries.every((entry) => sumOf([entry], 'debit') === sumOf([entry], 'credit')),
    'each wallet grew by what its entry credits': wallets.every((wallet) => hasGrown(wallet, entries)),
    'the trial balance proves itself': totals.every(({ debit, credit }) => debit === credit),
  };
}

function hasGrown({ sellerId, before, after }: WalletChange, entries: readonly JournalEntry[]): boolean {
  const account = `liabilities:sellers:${sellerId}:pending`;
  const credited = entries
    .flatMap(({ lines }) => lines)
    .filter((line) => line.account === account && line.side === 'credit')
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return credited > 0n && BigInt(after) - BigInt(before) >= credited;
}

function sumOf(entries: readonly JournalEntry[], side: 'debit' | 'credit'): bigint {
  return entries
    .flatMap(({ lines }) => lines)
    .filter((line) => line.side === side)
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}
