import { type DeliveredEvent, LedgerError } from '@jangbu/ledger-core';
import type { LogRecord } from './kafka-client.ts';

/**
 * Reads a record that Debezium's outbox event router wrote: the payload is the value, byte for byte, and the other columns
 * are headers (connect/outbox-connector.json names them).
 * @throws LedgerError `event_malformed` for a record that did not come through the router
 */
export function toDeliveredEvent(record: LogRecord, topic: string): DeliveredEvent {
  const { id = '', eventType = '', eventVersion = '', seq = '', context } = record.headers;
  const aggregateId = record.key;
  // What the outbox could not hold never was in it, and dead letters could not hold it either.
  const isSound =
    /^[A-Za-z0-9-]{36}$/.test(id) &&
    /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(eventType) &&
    /^\d{1,5}$/.test(eventVersion) &&
    Number(eventVersion) <= 65_535 &&
    /^\d{1,18}$/.test(seq) &&
    aggregateId.length >= 1 &&
    aggregateId.length <= 191;
  if (!isSound) {
    throw new LedgerError(
      'event_malformed',
      `Record ${topic} at ${record.offset} does not have the headers and key of an outbox event.`,
      {
        topic,
        offset: record.offset.toString(),
        headers: Object.keys(record.headers),
      },
    );
  }
  return {
    seq: BigInt(seq),
    eventId: id,
    aggregateType: topic.slice(topic.lastIndexOf('.') + 1),
    aggregateId,
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
