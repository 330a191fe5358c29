import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { FeePolicy } from '../settlement/fee-policy.ts';
import type { ReplayCounts, ReplayKind, ReplayRun } from './run.ts';

interface RunRow {
  run_id: number;
  kind: ReplayKind;
  ledger_id: number;
  ledger: string;
  source_ledger_id: number;
  source: string;
  from_seq: string;
  to_seq: string;
  next_seq: string;
  total_events: string | number;
  options: string;
  started_by: string;
  started_at: string;
  updated_at: string;
  ended_at: string | null;
  status: ReplayRun['status'];
  epoch: number;
  cancel_asked_by: string | null;
  events: string | number;
  applied: string | number;
  duplicates: string | number;
  parked: string | number;
  published: string | number;
}

/** What is kept of the options as JSON. */
interface StoredOptions {
  readonly aggregateId: string | null;
  readonly feePolicy: FeePolicy | null;
}

const SELECT_RUNS = `SELECT r.run_id, r.kind, r.ledger_id, l.name AS ledger, r.source_ledger_id, s.name AS source,
       CAST(r.from_seq AS CHAR) AS from_seq, CAST(r.to_seq AS CHAR) AS to_seq, CAST(r.next_seq AS CHAR) AS next_seq,
       r.total_events, r.options, r.started_by, CAST(r.started_at AS CHAR) AS started_at,
       CAST(r.updated_at AS CHAR) AS updated_at, CAST(r.ended_at AS CHAR) AS ended_at, r.status, r.epoch, r.cancel_asked_by,
       r.events, r.applied, r.duplicates, r.parked, r.published
  FROM replay_runs AS r
  JOIN ledgers AS l ON l.ledger_id = r.ledger_id
  JOIN ledgers AS s ON s.ledger_id = r.source_ledger_id`;

export type NewRun = Pick<
  ReplayRun,
  | 'kind'
  | 'ledgerId'
  | 'sourceLedgerId'
  | 'fromSeq'
  | 'toSeq'
  | 'totalEvents'
  | 'aggregateId'
  | 'feePolicy'
  | 'by'
>;

/** Fails with MySQL's duplicate-key error when a run has not ended. */
export async function insertRun(db: Knex, run: NewRun, now: Date): Promise<number> {
  const options: StoredOptions = { aggregateId: run.aggregateId, feePolicy: run.feePolicy };
  const [result] = await db.raw(
    `INSERT INTO replay_runs (ledger_id, source_ledger_id, kind, from_seq, to_seq, total_events, options, started_by, started_at,
                              next_seq, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      run.ledgerId,
      run.sourceLedgerId,
      run.kind,
      run.fromSeq.toString(),
      run.toSeq.toString(),
      run.totalEvents,
      JSON.stringify(options),
      run.by,
      toSqlInstant(now),
      run.fromSeq.toString(),
      toSqlInstant(now),
    ],
  );
  return Number((result as { insertId: number | string }).insertId);
}

export async function findRun(db: Knex, runId: number): Promise<ReplayRun | undefined> {
  const rows = await selectRows<RunRow>(db, `${SELECT_RUNS} WHERE r.run_id = ?`, [runId]);
  return rows.map(toRun)[0];
}

/** The run that has not ended, whether or not a process is at it. */
export async function findRunning(db: Knex): Promise<ReplayRun | undefined> {
  const rows = await selectRows<RunRow>(db, `${SELECT_RUNS} WHERE r.running = 1`);
  return rows.map(toRun)[0];
}

/** The newest first. */
export async function listRuns(db: Knex, limit: number): Promise<ReplayRun[]> {
  const rows = await selectRows<RunRow>(db, `${SELECT_RUNS} ORDER BY r.run_id DESC LIMIT ?`, [limit]);
  return rows.map(toRun);
}

/** What a page must know of its run before it writes. The row stays locked until the transaction ends. */
export async function lockRun(
  trx: Knex,
  runId: number,
): Promise<Pick<ReplayRun, 'status' | 'epoch' | 'cancelAskedBy'> | undefined> {
  const [row] = await selectRows<Pick<RunRow, 'status' | 'epoch' | 'cancel_asked_by'>>(
    trx,
    'SELECT status, epoch, cancel_asked_by FROM replay_runs WHERE run_id = ? FOR UPDATE',
    [runId],
  );
  return row && { status: row.status, epoch: row.epoch, cancelAskedBy: row.cancel_asked_by };
}

/** Adds a page's counts and moves on. */
export async function advanceRun(
  trx: Knex,
  runId: number,
  { nextSeq, counts, now }: { nextSeq: bigint; counts: ReplayCounts; now: Date },
): Promise<void> {
  await trx.raw(
    `UPDATE replay_runs
        SET next_seq = ?, events = events + ?, applied = applied + ?, duplicates = duplicates + ?, parked = parked + ?,
            published = published + ?, updated_at = ?
      WHERE run_id = ?`,
    [
      nextSeq.toString(),
      counts.events,
      counts.applied,
      counts.duplicates,
      counts.parked,
      counts.published,
      toSqlInstant(now),
      runId,
    ],
  );
}

export async function endRun(
  trx: Knex,
  runId: number,
  status: 'completed' | 'cancelled',
  now: Date,
): Promise<void> {
  await trx.raw('UPDATE replay_runs SET status = ?, ended_at = ?, updated_at = ? WHERE run_id = ?', [
    status,
    toSqlInstant(now),
    toSqlInstant(now),
    runId,
  ]);
}

/** Makes the caller the one process that may go on with the run. */
export async function raiseEpoch(trx: Knex, runId: number, now: Date): Promise<void> {
  await trx.raw(
    "UPDATE replay_runs SET epoch = epoch + 1, updated_at = ? WHERE run_id = ? AND status = 'running'",
    [toSqlInstant(now), runId],
  );
}

export async function askToCancel(trx: Knex, runId: number, by: string): Promise<void> {
  await trx.raw("UPDATE replay_runs SET cancel_asked_by = ? WHERE run_id = ? AND status = 'running'", [
    by,
    runId,
  ]);
}

/** A lock is the whole server's, so its name says which database it is for; names are short, databases need not be. */
export async function replayLockName(db: Knex): Promise<string> {
  const [row] = await selectRows<{ name: string | null }>(db, 'SELECT DATABASE() AS name');
  return `jangbu:replay:${createHash('sha1')
    .update(row?.name ?? '')
    .digest('hex')}`;
}

/** Nobody holds the lock; asked without taking it, so that nobody else is refused meanwhile. */
export async function isReplayLockFree(db: Knex): Promise<boolean> {
  const [row] = await selectRows<{ is_free: number | string }>(db, 'SELECT IS_FREE_LOCK(?) AS is_free', [
    await replayLockName(db),
  ]);
  return Number(row?.is_free) === 1;
}

function toRun(row: RunRow): ReplayRun {
  const { aggregateId, feePolicy } = JSON.parse(row.options) as StoredOptions;
  return {
    runId: row.run_id,
    kind: row.kind,
    ledgerId: row.ledger_id,
    ledger: row.ledger,
    sourceLedgerId: row.source_ledger_id,
    source: row.source,
    aggregateId,
    feePolicy,
    fromSeq: BigInt(row.from_seq),
    toSeq: BigInt(row.to_seq),
    nextSeq: BigInt(row.next_seq),
    totalEvents: Number(row.total_events),
    by: row.started_by,
    startedAt: fromSqlInstant(row.started_at),
    updatedAt: fromSqlInstant(row.updated_at),
    endedAt: row.ended_at === null ? null : fromSqlInstant(row.ended_at),
    status: row.status,
    counts: {
      events: Number(row.events),
      applied: Number(row.applied),
      duplicates: Number(row.duplicates),
      parked: Number(row.parked),
      published: Number(row.published),
    },
    cancelAskedBy: row.cancel_asked_by,
    epoch: row.epoch,
  };
}
