import type { DeliveredEvent } from '@jangbu/ledger-core';
import { createKafkaPublisher, type NewRecord } from '../sources/kafka-publisher.ts';
import { PARTITIONS } from '../sources/kafka-source.ts';

export interface EventPublisher {
  /** Resolves once Kafka has all of them for good, those of one key in order. */
  publish(events: readonly DeliveredEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** A broker takes a megabyte at once unless it is told otherwise. */
const MOST_BYTES = 400_000;

/**
 * Sends events to the topics that Debezium fills, in the form that it gives them (connect/outbox-connector.json): whoever reads them
 * cannot tell the difference, and drops by their ids what it has.
 */
export function eventPublisher(options: { brokers: readonly string[]; topicPrefix: string }): EventPublisher {
  const { brokers, topicPrefix } = options;
  const publisher = createKafkaPublisher({
    brokers,
    clientId: `${topicPrefix}-replay`,
    partitions: PARTITIONS,
  });
  return {
    async publish(events) {
      for (const portion of portions(events))
        await publisher.publish(portion.map((event) => toRecord(event, topicPrefix)));
    },
    close: publisher.close,
  };
}

function toRecord(event: DeliveredEvent, topicPrefix: string): NewRecord {
  const { eventId, eventType, eventVersion, seq, headers } = event;
  const context = Object.keys(headers).length === 0 ? {} : { context: JSON.stringify(headers) };
  return {
    topic: `${topicPrefix}.${event.aggregateType}`,
    key: event.aggregateId,
    value: event.payload,
    headers: { id: eventId, eventType, eventVersion: String(eventVersion), seq: seq.toString(), ...context },
  };
}

function* portions(events: readonly DeliveredEvent[]): Iterable<DeliveredEvent[]> {
  let portion: DeliveredEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.payload);
    if (portion.length > 0 && bytes + size > MOST_BYTES) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(event);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
