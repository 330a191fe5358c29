import type { ReplayCounts, ReplayKind, ReplayRun } from './run.ts';

/** A run as `GET /api/relay/replays/{runId}` and `jangbu replay --json` show it: seqs are text, instants ISO 8601. */
export interface ReplayRunJson {
  readonly runId: number;
  readonly kind: ReplayKind;
  readonly ledger: string;
  readonly source: string;
  readonly fromSeq: string;
  readonly toSeq: string;
  readonly nextSeq: string;
  readonly aggregateId: string | null;
  readonly feePolicy: ReplayRun['feePolicy'];
  readonly totalEvents: number;
  readonly counts: ReplayCounts;
  readonly status: ReplayRun['status'];
  readonly by: string;
  readonly cancelAskedBy: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
}

/** A replay for the API and `--json`: bigints as text, instants ISO 8601. */
export function replayJson(run: ReplayRun): ReplayRunJson {
  const { runId, kind, ledger, source, aggregateId, feePolicy, totalEvents, counts } = run;
  return {
    runId,
    kind,
    ledger,
    source,
    fromSeq: run.fromSeq.toString(),
    toSeq: run.toSeq.toString(),
    nextSeq: run.nextSeq.toString(),
    aggregateId,
    feePolicy,
    totalEvents,
    counts,
    status: run.status,
    by: run.by,
    cancelAskedBy: run.cancelAskedBy,
    startedAt: run.startedAt.toISOString(),
    updatedAt: run.updatedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  };
}
