import type { Knex } from 'knex';
import { acquireLeaderLock, type LeaderLock } from '../database/leader-lock.ts';
import { isMysqlError } from '../database/mysql-errors.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { minorUnits } from '../money/money.ts';
import type { FeePolicy } from '../settlement/fee-policy.ts';
import { splitSale } from '../settlement/fee-policy.ts';
import { hasEntries } from './events-table.ts';
import type { ReplayKind, ReplayRun } from './run.ts';
import {
  askToCancel,
  endRun,
  findRun,
  findRunning,
  insertRun,
  isReplayLockFree,
  listRuns,
  lockRun,
  raiseEpoch,
  replayLockName,
} from './runs-table.ts';
import { type SettledRange, settleRange } from './settled-range.ts';

/** What a replay is asked to do. */
export interface ReplayRequest {
  /** The ledger whose events are replayed. */
  readonly ledger: string;
  /** The ledger to rebuild: one that is not there yet, or has no entries. Without it, events go to the ledger itself. */
  readonly into?: string | undefined;
  /** Send the events to Kafka once more, instead of applying them. */
  readonly publish?: boolean | undefined;
  readonly fromSeq: bigint;
  /** The last seq, included. Defaults to the end of the outbox. */
  readonly toSeq?: bigint | undefined;
  readonly aggregateId?: string | undefined;
  /** Settle by other rates than the usual: only into a ledger of its own. */
  readonly feePolicy?: FeePolicy | undefined;
  /** Where the archive of the outbox is: needed where events of the range have left the outbox. */
  readonly archiveFolder?: string | undefined;
  /** Who asks: 1 to 191 characters. */
  readonly by: string;
}

/** A run that this process alone may go on with, until it lets go. */
export interface ReplaySession {
  readonly run: ReplayRun;
  /** Null unless the range was cut off below a seq that an open transaction holds. */
  readonly heldSeq: bigint | null;
  readonly lock: LeaderLock;
  /** Lets others replay. A run that has not ended can be resumed. */
  close(): Promise<void>;
}

/** MySQL may take a moment to see that a killed process is gone. */
const LOCK_WAIT_MS = 1_000;
const MAX_BY = 191;

/**
 * Begins a run, and keeps others from beginning one.
 * @throws LedgerError `replay_malformed`, `replay_range_empty`, `replay_running`, `replay_interrupted`, `replay_target_in_use`,
 *   `ledger_unknown`, `ledger_malformed`, `rate_malformed`, `split_impossible`, `archive_missing`, `archive_damaged`,
 *   `database_unreachable`
 */
export async function beginReplay(
  knex: Knex,
  request: ReplayRequest,
  clock: () => Date = () => new Date(),
): Promise<ReplaySession> {
  const kind = kindOf(request);
  const source = await createLedger({ knex, name: request.ledger, mustExist: true });
  const aggregateId = request.aggregateId ?? null;
  return holding(knex, async (lock) => {
    await assertNoneRunning(knex);
    const range = await settleRange(knex, request, aggregateId, request.archiveFolder);
    const target =
      request.into === undefined ? source : await openTarget(knex, request.into, source.timeZone, clock);
    const runId = await insertRun(
      knex,
      {
        ...range,
        kind,
        ledgerId: target.ledgerId,
        sourceLedgerId: source.ledgerId,
        aggregateId,
        feePolicy: request.feePolicy ?? null,
        by: request.by,
      },
      clock(),
    ).catch(async (error: unknown) => {
      if (isMysqlError(error, 'duplicateKey')) await assertNoneRunning(knex);
      throw error;
    });
    return sessionOf(lock, await requireRun(knex, runId), range);
  });
}

/**
 * Takes a run over whose process was killed. Whatever of the old process may still live writes nothing any more.
 * @param runId without it, the run that was interrupted
 * @throws LedgerError `replay_unknown`, `replay_ended`, `replay_running`, `database_unreachable`
 */
export function resumeReplay(
  knex: Knex,
  runId?: number,
  clock: () => Date = () => new Date(),
): Promise<ReplaySession> {
  return holding(knex, async (lock) => {
    const run = runId === undefined ? await findRunning(knex) : await requireRun(knex, runId);
    if (run === undefined)
      throw new LedgerError('replay_unknown', 'No replay was interrupted; there is none to resume.');
    if (run.status !== 'running') throw ended(run);
    await raiseEpoch(knex, run.runId, clock());
    return sessionOf(lock, await requireRun(knex, run.runId), { heldSeq: null });
  });
}

/**
 * Asks a run to end after the page in hand; one at which no process works any more is ended at once.
 * @throws LedgerError `replay_unknown`, `replay_ended`, `database_unreachable`
 */
export async function cancelReplay(
  knex: Knex,
  runId: number,
  by: string,
  clock: () => Date = () => new Date(),
): Promise<ReplayRun> {
  assertBy(by);
  const run = await requireRun(knex, runId);
  if (run.status !== 'running') throw ended(run);
  await inTransaction(knex, (trx) => askToCancel(trx, runId, by));
  const lock = await acquireLeaderLock(knex, await replayLockName(knex), LOCK_WAIT_MS);
  if (lock === undefined) return requireRun(knex, runId);
  try {
    await inTransaction(knex, async (trx) => {
      if ((await lockRun(trx, runId))?.status === 'running') await endRun(trx, runId, 'cancelled', clock());
    });
  } finally {
    await lock.release();
  }
  return requireRun(knex, runId);
}

/** Every replay there was, the newest first. */
export function readReplays(knex: Knex, { limit = 100 }: { limit?: number } = {}): Promise<ReplayRun[]> {
  return listRuns(knex, limit);
}

/**
 * A replay as it is now, ended or not.
 * @throws LedgerError `replay_unknown`
 */
export function readReplay(knex: Knex, runId: number): Promise<ReplayRun> {
  return requireRun(knex, runId);
}

/** Whether a process is at a replay now; a run that has not ended is interrupted otherwise. */
export async function isReplayAtWork(knex: Knex): Promise<boolean> {
  return !(await isReplayLockFree(knex));
}

async function holding(
  knex: Knex,
  begin: (lock: LeaderLock) => Promise<ReplaySession>,
): Promise<ReplaySession> {
  const lock = await acquireLeaderLock(knex, await replayLockName(knex), LOCK_WAIT_MS);
  if (lock === undefined) throw await atWork(knex);
  try {
    return await begin(lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function sessionOf(
  lock: LeaderLock,
  run: ReplayRun,
  { heldSeq }: Pick<SettledRange, 'heldSeq'>,
): ReplaySession {
  return { run, heldSeq, lock, close: () => lock.release() };
}

async function openTarget(knex: Knex, name: string, timeZone: string, clock: () => Date) {
  const target = await createLedger({ knex, name, timeZone, clock });
  await assertFresh(knex, target, timeZone);
  return target;
}

/**
 * A ledger that exists may be rebuilt only while it has no entries: what is there already could not be told from what the run brings.
 * @throws LedgerError `replay_target_in_use`
 */
export async function assertFresh(
  knex: Knex,
  target: Pick<Ledger, 'ledgerId' | 'name' | 'timeZone'>,
  timeZone: string,
): Promise<void> {
  const inUse = (why: string) =>
    new LedgerError(
      'replay_target_in_use',
      `Ledger ${target.name} has ${why}; name one that is not there yet.`,
      { into: target.name },
    );
  if (target.timeZone !== timeZone) throw inUse('another time zone');
  if (await hasEntries(knex, target.ledgerId)) throw inUse('entries already');
}

/** @throws LedgerError `replay_malformed`, `rate_malformed`, `split_impossible` */
export function kindOf(request: ReplayRequest): ReplayKind {
  const { ledger, into, publish = false, feePolicy, by } = request;
  assertBy(by);
  if (publish && into !== undefined)
    throw malformed('into', 'Events go to Kafka, or into a ledger of their own; not both.');
  if (into === ledger) throw malformed('into', 'A ledger is rebuilt into another one, not into itself.');
  if (feePolicy !== undefined) {
    if (into === undefined)
      throw malformed('feePolicy', 'Other rates are tried in a ledger of their own: say into which.');
    splitSale(minorUnits(10_000n, 'KRW'), feePolicy);
  }
  if (publish) return 'publish';
  return into === undefined ? 'apply' : 'rebuild';
}

function assertBy(by: string): void {
  if (by.length < 1 || by.length > MAX_BY)
    throw malformed('by', `Say who asks, in 1 to ${MAX_BY} characters.`);
}

async function assertNoneRunning(knex: Knex): Promise<void> {
  const run = await findRunning(knex);
  if (run === undefined) return;
  throw new LedgerError(
    'replay_interrupted',
    `Replay ${run.runId} was interrupted at seq ${run.nextSeq}; resume or cancel it first.`,
    { runId: run.runId },
  );
}

async function atWork(knex: Knex): Promise<LedgerError> {
  const run = await findRunning(knex);
  const who = run === undefined ? '' : ` (replay ${run.runId}, begun by ${run.by})`;
  return new LedgerError('replay_running', `Another replay is under way${who}; one at a time.`, {
    runId: run?.runId ?? null,
  });
}

async function requireRun(knex: Knex, runId: number): Promise<ReplayRun> {
  const run = await findRun(knex, runId);
  if (run === undefined) throw new LedgerError('replay_unknown', `There is no replay ${runId}.`, { runId });
  return run;
}

function ended({ runId, status }: ReplayRun): LedgerError {
  return new LedgerError('replay_ended', `Replay ${runId} is ${status}; it does not go on.`, {
    runId,
    status,
  });
}

function malformed(field: string, message: string): LedgerError {
  return new LedgerError('replay_malformed', message, { field });
}
