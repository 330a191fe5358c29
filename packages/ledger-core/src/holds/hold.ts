import type { HoldId, LimitOverride, Line, PostedEntry } from '../journal/entry.ts';

/** What it takes to set money aside: as an entry, but nothing is posted until it is captured. */
export interface HoldRequest {
  /** Placing again with the same key and body gives the first result; with another body it is a conflict. Up to 191 characters. */
  idempotencyKey: string;
  /** Lower case, digits, dots, dashes and underscores; up to 64. The entries that capture it have this kind. */
  kind: string;
  /** At least two lines, whose debits equal their credits in each currency. Each account at most once a side. */
  lines: readonly Line[];
  /** When it is released by itself. Never, unless given. */
  expiresAt?: Date;
  /** Up to 500 characters. */
  description?: string;
  /** Anything JSON can hold, up to 64 KiB as text. */
  metadata?: Readonly<Record<string, unknown>>;
  /** Lets the hold pass the floors and ceilings of its accounts. Kept with the hold, for the auditor. */
  limitOverride?: LimitOverride;
}

/** `open` while something is held; `captured` once all of it is posted; `released` by somebody, or `expired` by time. */
export type HoldStatus = 'open' | 'captured' | 'released' | 'expired';

/** A line of a hold, with what is left of it. */
export interface HoldLine extends Line {
  /** What is not captured yet, in minor units; zero once the hold is closed. */
  readonly remaining: bigint;
}

/** Money that is set aside, or was. */
export interface Hold {
  readonly holdId: HoldId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly description: string;
  readonly status: HoldStatus;
  readonly placedAt: Date;
  readonly expiresAt: Date | null;
  readonly lines: readonly HoldLine[];
}

/** A hold that was placed, by this call or by an earlier one with its key. */
export interface PlacedHold {
  readonly holdId: HoldId;
  readonly idempotencyKey: string;
  /** True when this key had been used before, and this is that first result. */
  readonly replayed: boolean;
}

/** What of a hold to post, and under which idempotency key. */
export interface CaptureRequest {
  holdId: HoldId;
  /** Of the entry that is posted. */
  idempotencyKey: string;
  /** What to capture: lines of the hold, none above what remains of it. Defaults to all that remains. */
  lines?: readonly Line[];
  /** Release what then remains. Defaults to false: the rest stays held, for a further capture. */
  final?: boolean;
  effectiveAt?: Date;
  description?: string;
  metadata?: Readonly<Record<string, unknown>>;
}

/** The entry that a capture posted, and what became of its hold. */
export interface Capture extends PostedEntry {
  readonly holdStatus: HoldStatus;
}
