import type { EntryId, LimitOverride, Line, PostedEntry } from '../journal/entry.ts';

/** What it takes to reverse an entry, wholly or in part. */
export interface ReversalRequest {
  /** The entry to reverse. */
  entryId: EntryId;
  /** Of the entry that is posted. */
  idempotencyKey: string;
  /**
   * The lines of the reversing entry: each on the other side of a line of the entry, and no more than is left of it. Defaults
   * to all that has not been reversed yet.
   */
  lines?: readonly Line[];
  /** Defaults to `reversal`. */
  kind?: string;
  effectiveAt?: Date;
  description?: string;
  metadata?: Readonly<Record<string, unknown>>;
  limitOverride?: LimitOverride;
}

/** The entry that a reversal posted, and what it reverses. */
export interface Reversal extends PostedEntry {
  readonly reverses: EntryId;
  /** True when nothing is left to reverse. */
  readonly isWhole: boolean;
}
