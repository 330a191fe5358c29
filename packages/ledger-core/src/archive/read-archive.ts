import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline as connect } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LedgerError } from '../errors.ts';
import type { ReplayedEvent } from '../replay/run.ts';
import { addToDigest, fromLine } from './archive-line.ts';
import type { ArchivedPart } from './archives-table.ts';

/**
 * The events of a part, lowest first, read from its file as they are asked for. That the file is the one that was written is told before
 * the first.
 * @throws LedgerError `archive_missing`, `archive_damaged`
 */
export async function* readArchiveFile(
  folder: string | undefined,
  part: ArchivedPart,
): AsyncGenerator<ReplayedEvent> {
  await assertIntact(folder, part);
  const text = createGunzip();
  // Whoever reads no further destroys both; an error is thrown to the reader.
  connect(createReadStream(join(folder ?? '', part.file)), text, () => {});
  for await (const line of linesOf(text)) yield fromLine(line);
}

/**
 * Tells whether a part's file is there, and as large as it was.
 * @throws LedgerError `archive_missing`, `archive_damaged`
 */
export async function assertThere(folder: string | undefined, part: ArchivedPart): Promise<void> {
  if (folder === undefined) throw unnamed(part);
  const path = join(folder, part.file);
  const { size } = await stat(path).catch((cause) => {
    throw missing(part, `${path} cannot be read`, cause);
  });
  if (size !== part.fileBytes) throw damaged(part);
}

/**
 * Tells whether a part's file is there and is the one that was written.
 * @throws LedgerError `archive_missing`, `archive_damaged`
 */
export async function assertIntact(folder: string | undefined, part: ArchivedPart): Promise<void> {
  const hash = createHash('sha256');
  if (folder === undefined) throw unnamed(part);
  try {
    await pipeline(createReadStream(join(folder, part.file)), hash);
  } catch (cause) {
    throw missing(part, `${join(folder, part.file)} cannot be read`, cause);
  }
  if (hash.digest('hex') !== part.fileSha256) throw damaged(part);
}

/**
 * Reads a part through and holds it against what was noted of it when it was written.
 * @throws LedgerError `archive_missing`, `archive_damaged`
 */
export async function checkArchiveFile(folder: string | undefined, part: ArchivedPart): Promise<void> {
  const digest = createHash('sha256');
  let events = 0;
  for await (const event of readArchiveFile(folder, part)) {
    addToDigest(digest, event);
    events += 1;
  }
  if (events === part.events && digest.digest('hex') === part.digest) return;
  throw new LedgerError('archive_damaged', `${part.file} does not hold the events that were archived.`, {
    file: part.file,
    events,
    expected: part.events,
  });
}

function damaged({ file, fileSha256 }: ArchivedPart): LedgerError {
  return new LedgerError(
    'archive_damaged',
    `${file} is not the file that was written; bring it back from a copy.`,
    { file, sha256: fileSha256 },
  );
}

function unnamed(part: ArchivedPart): LedgerError {
  return missing(part, 'say where the archive is, with OUTBOX_ARCHIVE_FOLDER');
}

function missing({ fromSeq, toSeq, file }: ArchivedPart, why: string, cause?: unknown): LedgerError {
  return new LedgerError(
    'archive_missing',
    `Events ${fromSeq} to ${toSeq} have left the outbox and are in ${file} alone: ${why}.`,
    { fromSeq: fromSeq.toString(), toSeq: toSeq.toString(), file },
    { cause },
  );
}

/** Faster than the lines of node:readline, and nothing of it is kept for longer than its chunk. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
