import { LedgerError } from '../errors.ts';
import type { DeliveredEvent } from '../outbox/event.ts';

/** Makes the error of a payload that does not say what its type and version promise. */
export function malformedEvent({ eventType, eventId }: DeliveredEvent): (why: string) => LedgerError {
  return (why) =>
    new LedgerError('event_malformed', `The payload of ${eventType} ${eventId} is malformed: ${why}.`, {
      eventId,
    });
}

/** The payload's fields, any of which may be missing or of another type. @throws LedgerError `event_malformed` */
export function readPayload<Payload>(event: DeliveredEvent): Partial<Payload> {
  try {
    return (JSON.parse(event.payload) ?? {}) as Partial<Payload>;
  } catch {
    throw malformedEvent(event)('it is not JSON');
  }
}

/** @throws LedgerError `event_malformed` */
export function readInstant(event: DeliveredEvent, name: string, text: string | undefined): Date {
  const instant = new Date(text ?? '');
  if (Number.isNaN(instant.getTime())) throw malformedEvent(event)(`${name} must be an instant`);
  return instant;
}

/** Shares of which each names another seller. @throws LedgerError `event_malformed` */
export function readSellers<Share extends { readonly sellerId: string }>(
  event: DeliveredEvent,
  shares: readonly Share[] | undefined,
): readonly Share[] {
  const malformed = malformedEvent(event);
  if (!Array.isArray(shares) || shares.length === 0) throw malformed('shares must name a seller at least');
  const read = shares as readonly Share[];
  for (const { sellerId } of read)
    if (typeof sellerId !== 'string' || !/^[a-z0-9_-]{1,64}$/.test(sellerId))
      throw malformed('a sellerId must be text of a-z, 0-9, _ and -');
  if (new Set(read.map(({ sellerId }) => sellerId)).size !== read.length)
    throw malformed('a seller is named twice');
  return read;
}

/** The trace of the request that wrote the event, by W3C's Trace Context: version, trace id, parent id, flags. */
export function traceOf({ headers }: DeliveredEvent): { traceId?: string } {
  const [, traceId] = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-/.exec(headers['traceparent'] ?? '') ?? [];
  return traceId === undefined ? {} : { traceId };
}
