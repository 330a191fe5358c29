import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { type NewEvent, payloadOf } from './event.ts';
import { insertEvents } from './outbox-table.ts';

/**
 * Writes events to the outbox in the caller's transaction: they exist if, and only if, that transaction commits.
 * @returns the events' ids, in order
 * @throws LedgerError `event_malformed`
 */
export async function appendEvents(
  trx: Knex.Transaction,
  events: readonly NewEvent[],
  now: Date,
): Promise<string[]> {
  const identified = events.map((event) => ({
    ...event,
    payload: payloadOf(event),
    eventId: event.eventId ?? v7({ msecs: now.getTime() }),
  }));
  await insertEvents(trx, identified, now);
  return identified.map(({ eventId }) => eventId);
}
