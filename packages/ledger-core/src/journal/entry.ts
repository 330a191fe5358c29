import type { Side } from '../accounts/account.ts';
import type { Money } from '../money/money.ts';

/** An entry's id: `ent_` and the 32 hexadecimal digits of a UUIDv7. */
export type EntryId = `ent_${string}`;

/** A hold's id: `hld_` and the 32 hexadecimal digits of a UUIDv7. */
export type HoldId = `hld_${string}`;

/** One side of an entry: this much, to this account. */
export interface Line {
  readonly account: string;
  readonly side: Side;
  readonly amount: Money;
}

/** A journal entry as its author writes it. */
export interface Entry {
  /** Posting again with the same key and body gives the first result; with another body it is a conflict. Up to 191 characters. */
  idempotencyKey: string;
  /** What sort of thing happened, such as `settlement`. Lower case, digits, dots, dashes and underscores; up to 64. */
  kind: string;
  /** At least two lines, whose debits equal their credits in each currency. Each account at most once a side. */
  lines: readonly Line[];
  /** Up to 500 characters. */
  description?: string;
  /** When it happened. Defaults to when it is booked. */
  effectiveAt?: Date;
  /** The outbox event that it comes from. */
  eventId?: string;
  /** Lets the entry pass the floors and ceilings of its accounts. Kept with the entry, for the auditor. */
  limitOverride?: LimitOverride;
  /**
   * An object as JSON writes it, at most 65,535 bytes: a Date becomes text, a field that is undefined is left out. What JSON
   * would drop or change is refused: a bigint (write money with `moneyToJson`), NaN, a function, a Map, a cycle.
   */
  metadata?: Readonly<Record<string, unknown>>;
}

/** Who decided that an entry may pass a limit, and why. Each 1 to 500 characters. */
export interface LimitOverride {
  readonly by: string;
  readonly reason: string;
}

/** An entry that the ledger itself writes, with what ties it to another record. */
export interface LinkedEntry extends Entry {
  /** The entry that it reverses. */
  reverses?: EntryId;
  /** The hold that it captures; its amounts were within the limits when the hold was placed. */
  captures?: HoldId;
  /** When it happened where `effectiveAt` does not say, instead of when it is booked. No part of the body: two that differ in it are one. */
  effectiveUnlessGiven?: Date;
}

/** What posting an entry comes to. */
export interface PostedEntry {
  readonly entryId: EntryId;
  readonly idempotencyKey: string;
  /** True when this key had been posted before, and this is that first result. */
  readonly replayed: boolean;
}

/** A debit line. */
export function debit(account: string, amount: Money): Line {
  return { account, side: 'debit', amount };
}

/** A credit line. */
export function credit(account: string, amount: Money): Line {
  return { account, side: 'credit', amount };
}
