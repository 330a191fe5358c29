import type { Knex } from 'knex';
import { type ArchivedPart, lastTrimmedSeq, readArchives } from '../archive/archives-table.ts';
import { assertThere, readArchiveFile } from '../archive/read-archive.ts';
import { type ReplayPage, readPage } from './page.ts';
import type { ReplayedEvent, ReplayRange, ReplayRun } from './run.ts';

/** All events that ever were in the outbox: those that have left it come from their files. */
export interface History {
  /**
   * The next page of a range from a seq on; it may be empty where only one aggregate is wanted. Pages that follow on each other read a file
   * once.
   * @throws LedgerError `archive_missing`, `archive_damaged`
   */
  page(range: Pick<ReplayRun, 'toSeq' | 'aggregateId'>, fromSeq: bigint, limit: number): Promise<ReplayPage>;
  close(): Promise<void>;
}

/** Most events of other aggregates are passed by at once, so that whoever waits can be told to stop. */
const PASSED_AT_ONCE = 20_000;

export function openHistory(db: Knex, archiveFolder?: string): History {
  let reading: { nextSeq: bigint; readonly events: AsyncGenerator<ReplayedEvent> } | undefined;
  let trimmed: bigint | undefined;

  async function eventsFrom(fromSeq: bigint): Promise<AsyncGenerator<ReplayedEvent>> {
    if (reading?.nextSeq !== fromSeq) {
      await reading?.events.return(undefined);
      reading = { nextSeq: fromSeq, events: archivedEvents(db, archiveFolder, fromSeq) };
    }
    return reading.events;
  }

  async function archivedPage(
    { toSeq, aggregateId }: Pick<ReplayRun, 'toSeq' | 'aggregateId'>,
    fromSeq: bigint,
    limit: number,
    lastArchived: bigint,
  ): Promise<ReplayPage> {
    const source = await eventsFrom(fromSeq);
    const end = toSeq < lastArchived ? toSeq : lastArchived;
    const isWanted = isIn({ fromSeq, toSeq: end }, aggregateId);
    const events: ReplayedEvent[] = [];
    let nextSeq = fromSeq;
    for (let passed = 0; events.length < limit && passed < PASSED_AT_ONCE && nextSeq <= end; passed++) {
      const { value: event } = await source.next();
      nextSeq = (event?.seq ?? end) + 1n;
      if (event !== undefined && isWanted(event)) events.push(event);
    }
    if (reading !== undefined) reading.nextSeq = nextSeq;
    return { events, nextSeq };
  }

  return {
    async page(range, fromSeq, limit) {
      if (trimmed === undefined || fromSeq > trimmed) {
        const page = await readPage(db, range, fromSeq, limit);
        // Asked afterwards: events are marked as trimmed before they leave, so that none can have left unnoticed while they were read.
        trimmed = await lastTrimmedSeq(db);
        if (fromSeq > trimmed) return page;
      }
      return archivedPage(range, fromSeq, limit, trimmed);
    },
    async close() {
      await reading?.events.return(undefined);
    },
  };
}

/** How many events of a range have left the outbox, of one aggregate or of all; tells also whether their files are there. */
export async function countArchived(
  db: Knex,
  archiveFolder: string | undefined,
  range: ReplayRange,
  aggregateId: string | null,
): Promise<number> {
  let count = 0;
  for (const part of await trimmedParts(db, range.fromSeq)) {
    if (part.fromSeq > range.toSeq) break;
    await assertThere(archiveFolder, part);
    const isWhole = part.fromSeq >= range.fromSeq && part.toSeq <= range.toSeq;
    count +=
      isWhole && aggregateId === null
        ? part.events
        : await countIn(readArchiveFile(archiveFolder, part), isIn(range, aggregateId));
  }
  return count;
}

async function countIn(
  events: AsyncIterable<ReplayedEvent>,
  isWanted: (event: ReplayedEvent) => boolean,
): Promise<number> {
  let count = 0;
  for await (const event of events) if (isWanted(event)) count += 1;
  return count;
}

/** The lowest seq that has left the outbox and was written at this instant or later; undefined when none was. */
export async function firstArchivedSince(
  db: Knex,
  archiveFolder: string | undefined,
  instant: Date,
): Promise<bigint | undefined> {
  for (const part of await trimmedParts(db, 0n)) {
    if (part.lastWrittenAt === null || part.lastWrittenAt < instant) continue;
    for await (const event of readArchiveFile(archiveFolder, part))
      if (event.writtenAt >= instant) return event.seq;
  }
  return undefined;
}

/** The highest seq that has left the outbox and was written at this instant or earlier; undefined when none was. */
export async function lastArchivedUpTo(
  db: Knex,
  archiveFolder: string | undefined,
  instant: Date,
): Promise<bigint | undefined> {
  for (const part of (await trimmedParts(db, 0n)).reverse()) {
    if (part.firstWrittenAt === null || part.firstWrittenAt > instant) continue;
    let last: bigint | undefined;
    for await (const event of readArchiveFile(archiveFolder, part))
      if (event.writtenAt <= instant) last = event.seq;
    if (last !== undefined) return last;
  }
  return undefined;
}

async function* archivedEvents(
  db: Knex,
  archiveFolder: string | undefined,
  fromSeq: bigint,
): AsyncGenerator<ReplayedEvent> {
  for (const part of await trimmedParts(db, fromSeq))
    for await (const event of readArchiveFile(archiveFolder, part)) if (event.seq >= fromSeq) yield event;
}

async function trimmedParts(db: Knex, fromSeq: bigint): Promise<ArchivedPart[]> {
  return (await readArchives(db, { fromSeq })).filter(({ trimmedAt }) => trimmedAt !== null);
}

function isIn(
  { fromSeq, toSeq }: ReplayRange,
  aggregateId: string | null,
): (event: ReplayedEvent) => boolean {
  return (event) =>
    event.seq >= fromSeq && event.seq <= toSeq && (aggregateId === null || event.aggregateId === aggregateId);
}
