import { describeRefused, LedgerError } from '../errors.ts';

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
  /** What JSON can hold, at most 900 KiB as text. */
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

/** What Kafka takes as one message, by its defaults, is 1 MiB: a longer one would stop the connector, and all events behind it. */
const MOST_BYTES = 900 * 1024;

/**
 * The payload as it is stored.
 * @throws LedgerError `event_malformed` also for what JSON cannot hold, and for more than 900 KiB
 */
export function payloadOf(event: NewEvent): string {
  assertEvent(event);
  const { payload, eventType, eventVersion } = event;
  if (typeof payload !== 'object' || payload === null)
    throw malformed('payload', `is an object, not ${describeRefused(payload)}`);
  const text = asJson(payload);
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw malformed('payload', `is at most ${MOST_BYTES} bytes of JSON`, { eventType, eventVersion });
  return text;
}

function asJson(payload: object): string {
  try {
    return JSON.stringify(payload);
  } catch (error) {
    throw malformed('payload', `is JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function malformed(field: string, rule: string, details: Record<string, unknown> = {}): LedgerError {
  return new LedgerError('event_malformed', `${field} ${rule}.`, { field, ...details });
}

/** @throws LedgerError `event_malformed` */
function assertEvent(event: NewEvent): void {
  if (typeof event !== 'object' || event === null)
    throw malformed('event', `is an object, not ${describeRefused(event)}`);
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
