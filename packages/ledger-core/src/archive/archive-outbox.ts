import type { Knex } from 'knex';
import { acquireLeaderLock } from '../database/leader-lock.ts';
import { LedgerError } from '../errors.ts';
import { isRangeHeldOpen } from '../replay/events-table.ts';
import type { ReplayRange } from '../replay/run.ts';
import { type ArchivedPart, readArchives, writeArchive } from './archives-table.ts';
import { careLockName, countRows, type Partition, readPartitions, writtenFrom } from './partitions-table.ts';
import { assertThere } from './read-archive.ts';
import { writeArchiveFile } from './write-archive.ts';

/** Which events are written where, and who asks. */
export interface ArchiveOptions {
  /** Where the files go; it is made where it is missing. */
  readonly folder: string;
  /** Who asks, for the record. */
  readonly by: string;
  /** Only say what would be written. Default false. */
  readonly dryRun?: boolean;
  /** A partition is complete once the one after it has had events for so long, in ms. Default ten minutes. */
  readonly settledForMs?: number;
  /** Where the time comes from. Default: the system's clock. */
  readonly clock?: () => Date;
}

/** What was written, or would be. */
export interface ArchivedRange extends ReplayRange {
  readonly events: number;
  /** Undefined in a dry run. */
  readonly file?: string;
  readonly fileBytes?: number;
}

const SETTLED_FOR_MS = 600_000;
const LOCK_WAIT_MS = 1_000;

/**
 * Writes every partition of the outbox that is complete and not archived yet to a file of its own. Doing it again changes nothing; a run
 * that was killed is made good by the next. The outbox keeps what it has.
 * @throws LedgerError `archive_unwritable`, `outbox_care_running`, `database_unreachable`
 */
export function archiveOutbox(
  knex: Knex,
  { folder, by, dryRun = false, settledForMs = SETTLED_FOR_MS, clock = () => new Date() }: ArchiveOptions,
): Promise<ArchivedRange[]> {
  return caringAlone(knex, async () => {
    const known = new Map((await readArchives(knex)).map((part) => [part.fromSeq, part]));
    const archived: ArchivedRange[] = [];
    for (const partition of await readPartitions(knex)) {
      if (await isDone(folder, known.get(partition.fromSeq))) continue;
      const since = new Date(clock().getTime() - settledForMs);
      if (!(await isComplete(knex, partition, since))) break;
      archived.push(
        dryRun ? await toBeWritten(knex, partition) : await archive(knex, partition, folder, by, clock()),
      );
    }
    return archived;
  });
}

async function archive(
  knex: Knex,
  { fromSeq, toSeq }: Partition,
  folder: string,
  archivedBy: string,
  archivedAt: Date,
): Promise<ArchivedRange> {
  const written = await writeArchiveFile(knex, folder, { fromSeq, toSeq });
  await writeArchive(knex, { ...written, archivedAt, archivedBy });
  return written;
}

async function toBeWritten(knex: Knex, { fromSeq, toSeq }: Partition): Promise<ArchivedRange> {
  return { fromSeq, toSeq, events: (await countRows(knex, { fromSeq, toSeq })).rows };
}

/** A file that was lost is written anew for as long as the outbox has its events. */
async function isDone(folder: string, part: ArchivedPart | undefined): Promise<boolean> {
  if (part === undefined) return false;
  if (part.trimmedAt !== null) return true;
  return assertThere(folder, part).then(
    () => true,
    () => false,
  );
}

/** Nothing can appear in it any more: later seqs have been there for a while, and no open transaction holds one of its own. */
async function isComplete(knex: Knex, partition: Partition, since: Date): Promise<boolean> {
  const goneOnAt = await writtenFrom(knex, partition.toSeq + 1n);
  return goneOnAt !== undefined && goneOnAt <= since && !(await isRangeHeldOpen(knex, partition));
}

/** One process cares for the outbox of a database at a time. */
export async function caringAlone<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  const lock = await acquireLeaderLock(knex, await careLockName(knex), LOCK_WAIT_MS);
  if (lock === undefined)
    throw new LedgerError(
      'outbox_care_running',
      'Another process archives or trims the outbox; try again later.',
    );
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
