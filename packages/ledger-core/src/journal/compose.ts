import type { Money } from '../money/money.ts';
import { credit, debit, type Entry, type Line } from './entry.ts';
import { prepare } from './prepare.ts';

/** What an entry is beside its lines. */
export type EntryHead = Omit<Entry, 'lines'>;

/** An entry that moves one amount from one account to another, and so always balances. */
export interface Transfer extends EntryHead {
  /** The account that is credited: the money comes out of it. */
  from: string;
  /** The account that is debited: the money goes into it. */
  to: string;
  amount: Money;
}

/**
 * An entry of two lines: debits `to`, credits `from`.
 *
 * ```ts
 * await ledger.post(transfer({ idempotencyKey: 'sale-1', kind: 'sale', from: 'revenue:sales', to: 'assets:cash', amount }));
 * ```
 */
export function transfer({ from, to, amount, ...head }: Transfer): Entry {
  return { ...head, lines: [debit(to, amount), credit(from, amount)] };
}

/** An entry that is being written. Only one with a debit and a credit can be finished: `entry()` is not there before. */
export interface Composing<Debited extends boolean, Credited extends boolean> {
  /** Adds a debit line. */
  debit(account: string, amount: Money): Composing<true, Credited>;
  /** Adds a credit line. */
  credit(account: string, amount: Money): Composing<Debited, true>;
  /**
   * The entry, checked at once and not only when it is posted.
   * @throws LedgerError `entry_unbalanced`, `entry_malformed`, `account_code_malformed`
   */
  entry: Debited extends true ? (Credited extends true ? () => Entry : never) : never;
}

/**
 * Writes an entry line by line. Leaving out a side does not compile, and sides that differ throw where they are written.
 *
 * ```ts
 * compose({ idempotencyKey: 'sale-1', kind: 'sale' })
 *   .debit('assets:cash', money('1100', 'KRW'))
 *   .credit('revenue:sales', money('1000', 'KRW'))
 *   .credit('liabilities:vat', money('100', 'KRW'))
 *   .entry();
 * ```
 */
export function compose(head: EntryHead): Composing<false, false> {
  return composing(head, []) as unknown as Composing<false, false>;
}

function composing(head: EntryHead, lines: readonly Line[]): Composing<true, true> {
  return {
    debit: (account, amount) => composing(head, [...lines, debit(account, amount)]),
    credit: (account, amount) => composing(head, [...lines, credit(account, amount)]),
    entry: () => prepare({ ...head, lines }).entry,
  };
}
