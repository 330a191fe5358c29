import { LedgerError } from '../errors.ts';

/** Something that happened, as its writer puts it into the outbox. */
export interface NewEvent {
  /** What it happened to, such as `payment`. Becomes the end of the topic's name: lower case, digits and dashes. */
  aggregateType: string;
  /** Which one. Events of one aggregate are applied in the order in which they were written. */
  aggregateId: string;
  /** Such as `PaymentConfirmed`. */
  eventType: string;
  /** Raised when the payload's shape changes in a way that an older reader cannot read. */
  eventVersion: number;
  payload: Readonly<Record<string, unknown>>;
  /** Trace context and the like; strings only. */
  headers?: Readonly<Record<string, string>>;
  /** Defaults to a fresh UUIDv7. */
  eventId?: string;
}

/** An event as a source delivers it, with where it stands in that source. */
export interface DeliveredEvent {
  /** The outbox offset. */
  readonly seq: bigint;
  readonly eventId: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly eventType: string;
  readonly eventVersion: number;
  /** The JSON text exactly as it was written. */
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The offset within the source's partition: Kafka's own, or the seq where the source is MySQL. */
  readonly offset: bigint;
}

/** @throws LedgerError `event_malformed` */
export function assertEvent(event: NewEvent): void {
  const isSound =
    /^[a-z0-9-]{1,64}$/.test(event.aggregateType) &&
    typeof event.aggregateId === 'string' &&
    event.aggregateId.length >= 1 &&
    event.aggregateId.length <= 191 &&
    /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(event.eventType) &&
    Number.isInteger(event.eventVersion) &&
    event.eventVersion >= 1 &&
    event.eventVersion <= 65_535 &&
    (event.eventId === undefined || /^[A-Za-z0-9-]{36}$/.test(event.eventId));
  if (!isSound) {
    const { aggregateType, aggregateId, eventType, eventVersion, eventId } = event;
    throw new LedgerError('event_malformed', 'The event has a field that the outbox cannot hold.', {
      aggregateType,
      aggregateId,
      eventType,
      eventVersion,
      eventId,
    });
  }
}
