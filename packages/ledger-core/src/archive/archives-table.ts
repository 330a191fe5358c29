import type { Knex } from 'knex';
import { insertRows, selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant, toSqlInstant } from '../database/instants.ts';
import type { ReplayRange } from '../replay/run.ts';

/** A part of the outbox that was written to a file; both seqs are included. */
export interface ArchivedPart extends ReplayRange {
  readonly events: number;
  /** SHA-256 over a line `seq event_id` for each event, in order. */
  readonly digest: string;
  /** When its first and last event were written; null where it has none. */
  readonly firstWrittenAt: Date | null;
  readonly lastWrittenAt: Date | null;
  readonly file: string;
  readonly fileBytes: number;
  readonly fileSha256: string;
  readonly archivedAt: Date;
  readonly archivedBy: string;
  /** Since when it is in the file alone; null while it is in the outbox as well. */
  readonly trimmedAt: Date | null;
}

interface ArchiveRow {
  from_seq: string;
  to_seq: string;
  events: string | number;
  digest: string;
  first_written_at: string | null;
  last_written_at: string | null;
  file: string;
  file_bytes: string | number;
  file_sha256: string;
  archived_at: string;
  archived_by: string;
  trimmed_at: string | null;
}

/** Every part there is, lowest first; with `fromSeq`, those that reach to there or beyond. */
export async function readArchives(
  db: Knex,
  { fromSeq = 0n }: { fromSeq?: bigint } = {},
): Promise<ArchivedPart[]> {
  const rows = await selectRows<ArchiveRow>(
    db,
    `SELECT CAST(from_seq AS CHAR) AS from_seq, CAST(to_seq AS CHAR) AS to_seq, events, digest,
            CAST(first_written_at AS CHAR) AS first_written_at, CAST(last_written_at AS CHAR) AS last_written_at, file, file_bytes,
            file_sha256, CAST(archived_at AS CHAR) AS archived_at, archived_by, CAST(trimmed_at AS CHAR) AS trimmed_at
       FROM outbox_archives WHERE to_seq >= ? ORDER BY outbox_archives.from_seq`,
    [fromSeq.toString()],
  );
  return rows.map(toPart);
}

/** The last seq that is in files alone; 0 while all of them are in the outbox. What is above it, or becomes visible, is in the table. */
export async function lastTrimmedSeq(db: Knex): Promise<bigint> {
  const [row] = await selectRows<{ seq: string | null }>(
    db,
    'SELECT CAST(MAX(to_seq) AS CHAR) AS seq FROM outbox_archives WHERE trimmed_at IS NOT NULL',
  );
  return BigInt(row?.seq ?? 0);
}

/** Remembers a file, also one that was written anew; of a part that is trimmed nothing changes any more. */
export async function writeArchive(db: Knex, part: Omit<ArchivedPart, 'trimmedAt'>): Promise<void> {
  const instant = (date: Date | null) => (date === null ? null : toSqlInstant(date));
  await insertRows(
    db,
    'outbox_archives',
    COLUMNS,
    [
      [
        part.fromSeq.toString(),
        part.toSeq.toString(),
        part.events,
        part.digest,
        instant(part.firstWrittenAt),
        instant(part.lastWrittenAt),
        part.file,
        part.fileBytes,
        part.fileSha256,
        toSqlInstant(part.archivedAt),
        part.archivedBy,
      ],
    ],
    `AS fresh ON DUPLICATE KEY UPDATE ${COLUMNS.slice(2)
      .map((column) => `${column} = fresh.${column}`)
      .join(', ')}`,
  );
}

export async function markTrimmed(db: Knex, fromSeq: bigint, by: string, now: Date): Promise<void> {
  await db.raw(
    'UPDATE outbox_archives SET trimmed_at = ?, trimmed_by = ? WHERE from_seq = ? AND trimmed_at IS NULL',
    [toSqlInstant(now), by, fromSeq.toString()],
  );
}

const COLUMNS = [
  'from_seq',
  'to_seq',
  'events',
  'digest',
  'first_written_at',
  'last_written_at',
  'file',
  'file_bytes',
  'file_sha256',
  'archived_at',
  'archived_by',
];

function toPart(row: ArchiveRow): ArchivedPart {
  const instant = (text: string | null) => (text === null ? null : fromSqlInstant(text));
  return {
    fromSeq: BigInt(row.from_seq),
    toSeq: BigInt(row.to_seq),
    events: Number(row.events),
    digest: row.digest,
    firstWrittenAt: instant(row.first_written_at),
    lastWrittenAt: instant(row.last_written_at),
    file: row.file,
    fileBytes: Number(row.file_bytes),
    fileSha256: row.file_sha256,
    archivedAt: fromSqlInstant(row.archived_at),
    archivedBy: row.archived_by,
    trimmedAt: instant(row.trimmed_at),
  };
}
