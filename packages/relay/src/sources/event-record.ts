import { type DeliveredEvent, LedgerError } from '@jangbu/ledger-core';
import type { LogRecord } from './kafka-client.ts';

/**
 * Reads a record that Debezium's outbox event router wrote: the payload is the value, byte for byte, and the other columns
 * are headers (connect/outbox-connector.json names them).
 * @throws LedgerError `event_malformed` for a record that did not come through the router
 */
export function toDeliveredEvent(record: LogRecord, topic: string): DeliveredEvent {
  const { id, eventType, eventVersion, seq, context } = record.headers;
  if (
    id === undefined ||
    eventType === undefined ||
    !/^\d+$/.test(eventVersion ?? '') ||
    !/^\d+$/.test(seq ?? '')
  ) {
    throw new LedgerError(
      'event_malformed',
      `Record ${topic} at ${record.offset} does not have the headers of an outbox event.`,
      {
        topic,
        offset: record.offset.toString(),
        headers: Object.keys(record.headers),
      },
    );
  }
  return {
    seq: BigInt(seq ?? 0),
    eventId: id,
    aggregateType: topic.slice(topic.lastIndexOf('.') + 1),
    aggregateId: record.key,
    eventType,
    eventVersion: Number(eventVersion),
    payload: record.value,
    headers: readHeaders(context),
    offset: record.offset,
  };
}

function readHeaders(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined || text === '' || text === 'null') return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
