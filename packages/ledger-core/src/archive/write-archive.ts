import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Duplex, PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Knex } from 'knex';
import { fromSqlInstant } from '../database/instants.ts';
import { LedgerError } from '../errors.ts';
import type { ReplayRange } from '../replay/run.ts';
import { addToDigest, archiveFileName, manifestName, toLine } from './archive-line.ts';
import type { ArchivedPart } from './archives-table.ts';
import { readRows } from './partitions-table.ts';

const ROWS_AT_ONCE = 2_000;

/** What a file holds; the manifest beside it says the same. */
export type WrittenArchive = Omit<ArchivedPart, 'archivedAt' | 'archivedBy' | 'trimmedAt'>;

/**
 * Writes the events of a range to a file of gzipped JSON lines, and a manifest beside it. Both appear under their names only once they
 * are whole and on disk: a process that dies here leaves nothing that could be taken for an archive, and the next one begins anew.
 * @throws LedgerError `archive_unwritable`
 */
export async function writeArchiveFile(
  db: Knex,
  folder: string,
  range: ReplayRange,
): Promise<WrittenArchive> {
  const file = archiveFileName(range);
  try {
    await mkdir(folder, { recursive: true });
    const written = { ...range, file, ...(await writeEvents(db, join(folder, file), range)) };
    await writeWhole(join(folder, manifestName(file)), [manifestOf(written)]);
    return written;
  } catch (cause) {
    // MySQL's errors have an errno and a SQLSTATE; what the file system says has a syscall.
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw cause;
    throw new LedgerError(
      'archive_unwritable',
      `${file} cannot be written to ${folder} (${code}); the outbox keeps these events.`,
      { folder, file, reason: code },
      { cause },
    );
  }
}

async function writeEvents(db: Knex, path: string, { fromSeq, toSeq }: ReplayRange) {
  const digest = createHash('sha256');
  let events = 0;
  let first: string | undefined;
  let last: string | undefined;
  async function* lines() {
    for (let from = fromSeq; from <= toSeq; ) {
      const rows = await readRows(db, { fromSeq: from, toSeq }, ROWS_AT_ONCE);
      for (const row of rows) addToDigest(digest, { seq: row.seq, eventId: row.event_id });
      events += rows.length;
      first ??= rows[0]?.created_at;
      last = rows.at(-1)?.created_at ?? last;
      from = rows.length < ROWS_AT_ONCE ? toSeq + 1n : BigInt(rows.at(-1)?.seq ?? toSeq) + 1n;
      yield rows.map(toLine).join('');
    }
  }
  const { bytes, sha256 } = await writeWhole(path, lines(), createGzip());
  return {
    events,
    digest: digest.digest('hex'),
    firstWrittenAt: first === undefined ? null : fromSqlInstant(first),
    lastWrittenAt: last === undefined ? null : fromSqlInstant(last),
    fileBytes: bytes,
    fileSha256: sha256,
  };
}

/** Under its own name a file is whole: it is written under another one, brought to disk, and renamed. */
async function writeWhole(
  path: string,
  source: AsyncIterable<string> | Iterable<string>,
  through: Duplex = new PassThrough(),
): Promise<{ bytes: number; sha256: string }> {
  const part = `${path}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(source), through, measured, createWriteStream(part, { flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
  return { bytes, sha256: hash.digest('hex') };
}

/** A new name is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function manifestOf(written: WrittenArchive): string {
  const { fromSeq, toSeq, ...rest } = written;
  return `${JSON.stringify({ fromSeq: fromSeq.toString(), toSeq: toSeq.toString(), ...rest }, null, 2)}\n`;
}
