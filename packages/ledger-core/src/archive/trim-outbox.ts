import type { Knex } from 'knex';
import { isLedgerError } from '../errors.ts';
import { readReaders } from '../outbox/readers-table.ts';
import { isRangeHeldOpen } from '../replay/events-table.ts';
import { findRunning } from '../replay/runs-table.ts';
import { caringAlone } from './archive-outbox.ts';
import { type ArchivedPart, markTrimmed, readArchives } from './archives-table.ts';
import {
  countRows,
  dropPartition,
  firstUnsettled,
  lowestGap,
  type Partition,
  readConsumers,
  readPartitions,
  writtenFrom,
} from './partitions-table.ts';
import { assertIntact } from './read-archive.ts';

/** What may be dropped of the outbox, and who asks. */
export interface TrimOptions {
  /** Where the archive is. */
  readonly folder: string;
  /** Events younger than this stay in the outbox, whoever has read them: the window of replays that read MySQL alone. */
  readonly keepMs: number;
  /** Who asks, for the record. */
  readonly by: string;
  /** Only say what would be dropped. Default false. */
  readonly dryRun?: boolean;
  /** Where the time comes from. Default: the system's clock. */
  readonly clock?: () => Date;
}

/** What became of a partition, or would. */
export interface TrimDecision {
  readonly partition: Partition;
  /** Why it stays; null where it was dropped, or would be. */
  readonly kept: string | null;
}

/**
 * Drops the oldest partitions of the outbox, up to the first that has to stay: one that is not archived, that is young, or of which some
 * consumer has not settled every event, or some reader has not read it. Needs a user who may change the table, which the runtime user may not.
 * @returns the partitions that were dropped, and the first that stays
 * @throws LedgerError `outbox_care_running`, `outbox_busy`, `database_unreachable`
 */
export function trimOutbox(
  knex: Knex,
  { folder, keepMs, by, dryRun = false, clock = () => new Date() }: TrimOptions,
): Promise<TrimDecision[]> {
  return caringAlone(knex, async () => {
    const archives = new Map((await readArchives(knex)).map((part) => [part.fromSeq, part]));
    const before = new Date(clock().getTime() - keepMs);
    const decisions: TrimDecision[] = [];
    for (const partition of await readPartitions(knex)) {
      const part = archives.get(partition.fromSeq);
      // One that is marked already was about to be dropped when a process died.
      const kept = part?.trimmedAt ? null : await whyKept(knex, { partition, part, folder, before });
      decisions.push({ partition, kept });
      if (kept !== null) break;
      if (dryRun) continue;
      // Marked first: whoever misses a row looks where it went.
      await markTrimmed(knex, partition.fromSeq, by, clock());
      await dropPartition(knex, partition);
    }
    return decisions;
  });
}

interface Candidate {
  readonly partition: Partition;
  readonly part: ArchivedPart | undefined;
  readonly folder: string;
  readonly before: Date;
}

async function whyKept(knex: Knex, { partition, part, folder, before }: Candidate): Promise<string | null> {
  // MySQL takes the next seq of a table that was restarted from the highest that it finds.
  if ((await writtenFrom(knex, partition.toSeq + 1n)) === undefined) return 'it has the newest events';
  if (part === undefined) return 'it is not archived yet';
  const { rows, newestAt } = await countRows(knex, partition);
  if (newestAt !== null && newestAt > before)
    return `it has events of ${newestAt.toISOString()}, which are to be kept`;
  if (await isRangeHeldOpen(knex, partition)) return 'an open transaction holds an event of it';
  if (rows !== part.events) return `it has ${rows} events, and its archive ${part.events}`;
  return (
    (await whyNeeded(knex, partition)) ??
    (await assertIntact(folder, part).then(
      () => null,
      (error) => {
        if (isLedgerError(error)) return error.message;
        throw error;
      },
    ))
  );
}

/** Who has not got everything of the partition yet. */
async function whyNeeded(knex: Knex, partition: Partition): Promise<string | null> {
  const [slowest] = await readReaders(knex);
  if (slowest !== undefined && slowest.nextSeq <= partition.toSeq)
    return `reader ${slowest.reader} has yet to read seq ${slowest.nextSeq}`;
  const consumers = await readConsumers(knex);
  if (consumers.length === 0) return 'nobody has read the outbox yet';
  for (const consumer of consumers) {
    const seq = await firstUnsettled(knex, consumer, partition);
    if (seq !== undefined)
      return `consumer ${consumer.consumer} of ledger ${consumer.ledger} has not settled seq ${seq}`;
  }
  const gap = await lowestGap(knex);
  if (gap !== undefined && gap <= partition.toSeq) return `an embedded source still waits for seq ${gap}`;
  const run = await findRunning(knex);
  if (run !== undefined && run.nextSeq <= partition.toSeq) return `replay ${run.runId} has yet to read it`;
  return null;
}
