import type { Hash } from 'node:crypto';
import { LedgerError } from '../errors.ts';
import { type OutboxRow, toEvent } from '../outbox/outbox-table.ts';
import type { ReplayedEvent } from '../replay/run.ts';

/** A row of the outbox with its time, as MySQL gives them. */
export interface ArchivedRow extends OutboxRow {
  readonly created_at: string;
}

/** One event as a line of JSON: payload and headers as the text that they were, byte for byte, and the time with its microseconds. */
export function toLine(row: ArchivedRow): string {
  const line = {
    seq: String(row.seq),
    eventId: row.event_id,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    eventType: row.event_type,
    eventVersion: row.event_version,
    payload: row.payload,
    headers: row.headers,
    writtenAt: `${row.created_at.replace(' ', 'T')}Z`,
  };
  return `${JSON.stringify(line)}\n`;
}

/** @throws LedgerError `archive_damaged` */
export function fromLine(text: string): ReplayedEvent {
  try {
    const line = JSON.parse(text);
    const event = toEvent({
      seq: line.seq,
      event_id: line.eventId,
      aggregate_type: line.aggregateType,
      aggregate_id: line.aggregateId,
      event_type: line.eventType,
      event_version: line.eventVersion,
      payload: line.payload,
      headers: line.headers,
    });
    return { ...event, writtenAt: new Date(line.writtenAt) };
  } catch (cause) {
    throw new LedgerError('archive_damaged', 'A line of the archive is no event.', {}, { cause });
  }
}

/** What the digest of an archive is made of, so that those of an inbox can be held against it. */
export function addToDigest(hash: Hash, event: { seq: string | number | bigint; eventId: string }): void {
  hash.update(`${event.seq} ${event.eventId}\n`);
}

/** Such as `outbox-000000000001-000000250000.jsonl.gz`: names sort as the seqs do. */
export function archiveFileName({ fromSeq, toSeq }: { fromSeq: bigint; toSeq: bigint }): string {
  const padded = (seq: bigint) => seq.toString().padStart(12, '0');
  return `outbox-${padded(fromSeq)}-${padded(toSeq)}.jsonl.gz`;
}

/** Says in JSON what the file beside it holds. */
export function manifestName(file: string): string {
  return file.replace(/\.jsonl\.gz$/, '.manifest.json');
}
