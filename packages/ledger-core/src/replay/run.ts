import type { DeliveredEvent } from '../outbox/event.ts';
import type { FeePolicy } from '../settlement/fee-policy.ts';

/**
 * What a run does with the events of its range. `apply` brings them to the ledger they are for, which drops those that it has;
 * `rebuild` brings them to a fresh ledger; `publish` sends them to Kafka once more.
 */
export type ReplayKind = 'apply' | 'rebuild' | 'publish';

/** Seqs of the outbox, both included. */
export interface ReplayRange {
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
}

/** An event as the outbox has it. */
export interface ReplayedEvent extends DeliveredEvent {
  readonly writtenAt: Date;
}

/** What became of the events of a replay so far. */
export interface ReplayCounts {
  /** Events that were read. */
  readonly events: number;
  /** Events that this run applied. */
  readonly applied: number;
  /** Events that had been applied, or seen to, before. */
  readonly duplicates: number;
  /** Events that this run put into dead letters. */
  readonly parked: number;
  /** Events that this run sent to Kafka. */
  readonly published: number;
}

/** A run as its row in `replay_runs` has it. */
export interface ReplayRun extends ReplayRange {
  readonly runId: number;
  readonly kind: ReplayKind;
  /** The ledger that is written to. */
  readonly ledgerId: number;
  readonly ledger: string;
  /** The ledger whose events are replayed; the same, unless a fresh one is rebuilt. */
  readonly sourceLedgerId: number;
  readonly source: string;
  /** Only events of this aggregate; null for all. */
  readonly aggregateId: string | null;
  /** Settle by these rates; null for the usual ones. */
  readonly feePolicy: FeePolicy | null;
  /** The events of the range when the run began. */
  readonly totalEvents: number;
  readonly by: string;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
  readonly status: 'running' | 'completed' | 'cancelled';
  /** Where the run goes on. */
  readonly nextSeq: bigint;
  readonly counts: ReplayCounts;
  /** Who asked for the run to be cancelled. */
  readonly cancelAskedBy: string | null;
  /** Raised whenever another process takes the run over. */
  readonly epoch: number;
}

export const NO_COUNTS: ReplayCounts = { events: 0, applied: 0, duplicates: 0, parked: 0, published: 0 };
