import type { Knex } from 'knex';
import { lastSeq } from '../outbox/outbox-table.ts';
import { type OutboxReader, readReaders } from '../outbox/readers-table.ts';
import type { ReplayRange } from '../replay/run.ts';
import { type ArchivedPart, readArchives } from './archives-table.ts';
import { readPartitions } from './partitions-table.ts';
import { checkArchiveFile } from './read-archive.ts';

/** Where the events of the outbox are. */
export interface OutboxParts {
  readonly lastSeq: bigint;
  /** Lowest first, what was trimmed included; the tail, which has no end, is left out. */
  readonly parts: readonly OutboxPart[];
  /** Whether events are written to the tail, which cannot be trimmed. */
  readonly isTailInUse: boolean;
  /** Who reads by position, the slowest first: what they have not read is not trimmed. */
  readonly readers: readonly OutboxReader[];
}

/** Some events: in the outbox, in a file, or in both. */
export interface OutboxPart extends ReplayRange {
  readonly isInOutbox: boolean;
  /** Null while it is not archived. */
  readonly archive: ArchivedPart | null;
}

/** Says where the events of the outbox are. */
export async function readOutboxParts(db: Knex): Promise<OutboxParts> {
  const partitions = await readPartitions(db);
  const archives = new Map((await readArchives(db)).map((part) => [part.fromSeq, part]));
  const inOutbox = partitions.map(({ fromSeq, toSeq }) => {
    const archive = archives.get(fromSeq) ?? null;
    archives.delete(fromSeq);
    return { fromSeq, toSeq, isInOutbox: true, archive };
  });
  const gone = [...archives.values()].map((archive) => {
    const { fromSeq, toSeq } = archive;
    return { fromSeq, toSeq, isInOutbox: false, archive };
  });
  const last = await lastSeq(db);
  return {
    lastSeq: last,
    parts: [...gone, ...inOutbox],
    isTailInUse: last > (partitions.at(-1)?.toSeq ?? 0n),
    readers: await readReaders(db),
  };
}

/**
 * Reads every file of the archive through, and holds it against what was noted of it.
 * @returns what is wrong, file by file; nothing where the archive is whole
 */
export async function checkArchive(
  db: Knex,
  folder: string,
  onPart?: (part: ArchivedPart) => void,
): Promise<{ file: string; problem: string }[]> {
  const problems: { file: string; problem: string }[] = [];
  for (const part of await readArchives(db)) {
    await checkArchiveFile(folder, part).catch((error: Error) =>
      problems.push({ file: part.file, problem: error.message }),
    );
    onPart?.(part);
  }
  return problems;
}
