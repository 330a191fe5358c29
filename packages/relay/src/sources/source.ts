import type { Batch } from '@jangbu/ledger-core';

/** A relay of which MySQL has not heard for so long leads no more, and what it had locked, another gets. */
export const LOST_AFTER_MS = 3_000;

/** Applies one batch. Resolves when it is committed; rejects when it must be delivered again. */
export type Deliver = (batch: Omit<Batch, 'consumer'>) => Promise<void>;

/**
 * Told whenever a source begins to read these partitions, also where it had them before, and before it delivers anything of them. Rejects
 * when MySQL cannot be told; the source then does not begin yet.
 */
export type Take = (topic: string, partitions: readonly number[]) => Promise<void>;

/** Where outbox events come from. test/conformance.ts holds every implementation. */
export interface OutboxSource {
  readonly name: 'kafka' | 'embedded';
  /** Starts to deliver, in order per aggregate, and goes on through faults until it is stopped. */
  start(deliver: Deliver, take?: Take): Promise<void>;
  /** Ends after the batch that is being delivered. */
  stop(): Promise<void>;
  /** Gives up what it holds and another source needs, without waiting for what it is doing. */
  abandon?(): Promise<void>;
  /** Whether it is reading now: connected, and a leader or a member of its group. */
  isReading(): boolean;
}

/** What happens inside a source, for logs and metrics. */
export interface SourceEvents {
  onNote?(message: string, details?: Readonly<Record<string, unknown>>): void;
  onTrouble?(message: string, error: unknown): void;
}
