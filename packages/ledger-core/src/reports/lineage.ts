import type { Knex } from 'knex';
import { readArchives } from '../archive/archives-table.ts';
import { selectRows } from '../database/insert-rows.ts';
import { fromSqlInstant } from '../database/instants.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import type { EntryId } from '../journal/entry.ts';
import { firstEntryIdAt, toEntryId } from '../journal/entry-id.ts';
import { ENTRY_REQUESTED, requestedKeyOf } from '../journal/post-later.ts';
import { findEvents } from './lineage-search.ts';
import { readLineageTerm } from './lineage-term.ts';

/** The way from a request to the books, or back: each part is null where there is none, or not yet. */
export interface Lineage {
  /** What the outbox holds. */
  readonly event: {
    readonly seq: bigint;
    readonly eventId: string;
    readonly eventType: string;
    readonly eventVersion: number;
    readonly aggregateType: string;
    /** Of a payment it is the paymentKey. */
    readonly aggregateId: string;
    readonly writtenAt: Date;
    /** Of the request that wrote it, by W3C's Trace Context. */
    readonly traceId: string | null;
  } | null;
  /** The file of the archive that has the event, once it has left the outbox; what else is known of it stands there. */
  readonly archivedIn: string | null;
  /** Where the consumer read it, and when it applied it. The embedded source has the topic `outbox`, whose offsets are outbox seqs. */
  readonly applied: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: bigint;
    readonly appliedAt: Date;
  } | null;
  /** Why it waits, or waited, in dead letters. */
  readonly deadLetter: {
    readonly reasonCode: string;
    readonly reason: string;
    readonly parkedAt: Date;
    readonly resolution: 'applied' | 'discarded' | null;
  } | null;
  /** The entries that it became, in order of booking. */
  readonly entries: readonly {
    readonly entryId: EntryId;
    readonly idempotencyKey: string;
    readonly kind: string;
    readonly bookedAt: Date;
  }[];
}

/** The longest that a batch takes from its booking to its commit. */
const LONGEST_BATCH_MS = 60_000;

/**
 * Follows money both ways: from whatever somebody has in hand to the events behind it, and from each event to where it was read
 * and the entries it became. Nothing found is an empty list, or the lineage of an entry that no event stands behind. Aggregates,
 * traces and Kafka offsets are looked for among the newest two million events.
 * @throws LedgerError `query_malformed`
 */
export async function readLineage(db: Knex, key: ConsumerKey, text: string): Promise<Lineage[]> {
  const { seqs, entryId } = await findEvents(db, key, readLineageTerm(text));
  if (entryId !== undefined) {
    const entries = await readEntryBy(db, key, 'entry_id', entryId);
    return [{ event: null, archivedIn: null, applied: null, deadLetter: null, entries }];
  }
  const found: Lineage[] = [];
  for (const seq of seqs) found.push(await lineageOf(db, key, seq));
  return found.filter(
    ({ event, applied, deadLetter }) => event !== null || applied !== null || deadLetter !== null,
  );
}

async function lineageOf(db: Knex, key: ConsumerKey, seq: bigint): Promise<Lineage> {
  const [event, applied, deadLetter] = await Promise.all([
    readEvent(db, seq),
    readApplied(db, key, seq),
    readDeadLetter(db, key, seq),
  ]);
  const entries =
    applied === null
      ? []
      : event?.requestedKey === undefined
        ? await readEntriesOf(db, key, applied.eventId, applied.place.appliedAt)
        : await readEntryBy(db, key, 'idempotency_key', event.requestedKey);
  const archivedIn = event === null ? await archiveOf(db, seq) : null;
  return { event: event?.outbox ?? null, archivedIn, applied: applied?.place ?? null, deadLetter, entries };
}

async function archiveOf(db: Knex, seq: bigint): Promise<string | null> {
  const [part] = await readArchives(db, { fromSeq: seq });
  return part !== undefined && part.trimmedAt !== null && part.fromSeq <= seq ? part.file : null;
}

async function readEvent(
  db: Knex,
  seq: bigint,
): Promise<{ outbox: NonNullable<Lineage['event']>; requestedKey?: string } | null> {
  const [row] = await selectRows<{
    event_id: string;
    event_type: string;
    event_version: number;
    aggregate_type: string;
    aggregate_id: string;
    headers: string | null;
    requested: string | null;
    created_at: string;
  }>(
    db,
    `SELECT event_id, event_type, event_version, aggregate_type, aggregate_id, headers, CAST(created_at AS CHAR) AS created_at,
            IF(event_type = ?, payload, NULL) AS requested
       FROM outbox WHERE seq = ?`,
    [ENTRY_REQUESTED.eventType, seq.toString()],
  );
  if (row === undefined) return null;
  const outbox = {
    seq,
    eventId: row.event_id,
    eventType: row.event_type,
    eventVersion: row.event_version,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    writtenAt: fromSqlInstant(row.created_at),
    traceId: /"traceparent":"[0-9a-f]{2}-([0-9a-f]{32})-/.exec(row.headers ?? '')?.[1] ?? null,
  };
  return row.requested === null ? { outbox } : { outbox, requestedKey: requestedKeyOf(row.requested) };
}

async function readApplied(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  seq: bigint,
): Promise<{ eventId: string; place: NonNullable<Lineage['applied']> } | null> {
  const [row] = await selectRows<{
    event_id: string;
    topic: string;
    source_partition: number;
    source_offset: string;
    applied_at: string;
  }>(
    db,
    `SELECT event_id, topic, source_partition, CAST(source_offset AS CHAR) AS source_offset, CAST(applied_at AS CHAR) AS applied_at
       FROM inbox WHERE ledger_id = ? AND consumer = ? AND outbox_seq = ?`,
    [ledgerId, consumer, seq.toString()],
  );
  if (row === undefined) return null;
  const place = {
    topic: row.topic,
    partition: Number(row.source_partition),
    offset: BigInt(row.source_offset),
    appliedAt: fromSqlInstant(row.applied_at),
  };
  return { eventId: row.event_id, place };
}

async function readDeadLetter(
  db: Knex,
  { ledgerId, consumer }: ConsumerKey,
  seq: bigint,
): Promise<Lineage['deadLetter']> {
  const [row] = await selectRows<{
    reason_code: string;
    reason: string;
    parked_at: string;
    resolution: 'applied' | 'discarded' | null;
  }>(
    db,
    `SELECT reason_code, reason, CAST(parked_at AS CHAR) AS parked_at, resolution
       FROM dead_letters WHERE ledger_id = ? AND consumer = ? AND outbox_seq = ?`,
    [ledgerId, consumer, seq.toString()],
  );
  if (row === undefined) return null;
  const { reason_code: reasonCode, reason, parked_at: parkedAt, resolution } = row;
  return { reasonCode, reason, parkedAt: fromSqlInstant(parkedAt), resolution };
}

/** Entries are found by their time, which their ids begin with: they were booked in the batch that applied the event. */
async function readEntriesOf(
  db: Knex,
  { ledgerId }: ConsumerKey,
  eventId: string,
  appliedAt: Date,
): Promise<Lineage['entries']> {
  const rows = await selectRows<EntryRow>(
    db,
    `SELECT ${ENTRY_COLUMNS} FROM journal_entries FORCE INDEX (PRIMARY)
      WHERE ledger_id = ? AND entry_id BETWEEN ? AND ? AND event_id = ?
      ORDER BY entry_id`,
    [
      ledgerId,
      firstEntryIdAt(new Date(appliedAt.getTime() - LONGEST_BATCH_MS)),
      firstEntryIdAt(new Date(appliedAt.getTime() + 1)),
      eventId,
    ],
  );
  return rows.map(toEntry);
}

async function readEntryBy(
  db: Knex,
  { ledgerId }: ConsumerKey,
  column: 'entry_id' | 'idempotency_key',
  value: Buffer | string,
): Promise<Lineage['entries']> {
  const rows = await selectRows<EntryRow>(
    db,
    `SELECT ${ENTRY_COLUMNS} FROM journal_entries WHERE ledger_id = ? AND ${column} = ?`,
    [ledgerId, value],
  );
  return rows.map(toEntry);
}

interface EntryRow {
  entry_id: Buffer;
  idempotency_key: string;
  kind: string;
  booked_at: string;
}

const ENTRY_COLUMNS = 'entry_id, idempotency_key, kind, CAST(booked_at AS CHAR) AS booked_at';

function toEntry(row: EntryRow): Lineage['entries'][number] {
  return {
    entryId: toEntryId(row.entry_id),
    idempotencyKey: row.idempotency_key,
    kind: row.kind,
    bookedAt: fromSqlInstant(row.booked_at),
  };
}
