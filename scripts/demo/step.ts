import type { TrialBalance } from '@jangbu/ledger-core';

/** What the API answers to a check-out, as far as the walk goes by it. Won as JSON numbers. */
export interface Order {
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly { readonly sellerId: string }[];
}

export interface Payment {
  readonly paymentKey: string;
  readonly status: 'confirming' | 'done' | 'refused' | 'released';
  readonly method: string | null;
  readonly approvedAt: string | null;
}

/** The outbox row that the payment's transaction wrote. */
export interface OutboxRow {
  readonly seq: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly eventVersion: number;
}

/** How the event came to the ledger. */
export interface Delivery {
  readonly source: 'kafka' | 'embedded';
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** From the outbox row's writing to its application, by the clocks of API and relay. */
  readonly delayMs: number;
}

export interface JournalEntry {
  readonly entryId: string;
  readonly description: string;
  /** Whole won. */
  readonly lines: readonly {
    readonly account: string;
    readonly side: 'debit' | 'credit';
    readonly amount: string;
  }[];
}

/** A seller's pending money, before and after. Whole won. */
export interface WalletChange {
  readonly sellerId: string;
  readonly before: string;
  readonly after: string;
}

/** What each step finds, in the order of the steps. */
export interface Found {
  'check-out': Order;
  confirm: Payment;
  outbox: OutboxRow;
  relay: Delivery;
  journal: readonly JournalEntry[];
  wallets: readonly WalletChange[];
  'trial balance': Pick<TrialBalance, 'asOf' | 'totals' | 'outboxSeq'>;
}

/** One step of the walk: what it found, and the milliseconds that it took, as the walker saw it. */
export type Step = { [Name in keyof Found]: { step: Name; ms: number; found: Found[Name] } }[keyof Found];

export interface Walked {
  readonly steps: readonly Step[];
  /** What the steps from the check-out to the wallets' new figures took together. */
  readonly totalMs: number;
  /** What must hold of the figures, by what it says. */
  readonly checks: Readonly<Record<string, boolean>>;
}

export function holds({ checks }: Walked): boolean {
  return Object.values(checks).every(Boolean);
}
