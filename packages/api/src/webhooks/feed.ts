import {
  type DeliveredEvent,
  inTransaction,
  isRangeHeldOpen,
  lastSeq,
  lockReader,
  moveReader,
  type ReaderPosition,
  readEvents,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { insertDeliveries, type NewDelivery } from './deliveries-table.ts';
import type { Endpoint } from './endpoint.ts';
import { readActiveEndpoints } from './endpoints-table.ts';
import { messageFor } from './message.ts';

export interface FeedContext {
  readonly knex: Knex;
  readonly clock: () => Date;
}

/** By this name the outbox's care knows how far the feed is. */
const READER = 'webhooks';
const PAGE = 500;
/** A seq that no open transaction holds, and that is missing for so long, was rolled back. */
const GAP_MS = 1_000;

/**
 * Turns the next page of the outbox into deliveries, and moves on, in one transaction: each event once, in the order of the outbox. Any
 * number of processes may do it; one at a time does. Returns whether there may be more at once.
 */
export function feedPage({ knex, clock }: FeedContext): Promise<boolean> {
  return inTransaction(knex, async (trx) => {
    const now = clock();
    // It begins with the outbox as it is then.
    const position = await lockReader(trx, READER, (await lastSeq(trx)) + 1n, now);
    if (position === undefined) return false;
    const page = await readEvents(trx, position.nextSeq, PAGE);
    if (page.length === 0) return false;
    const { events, next } = await withoutGaps(trx, position, page, now);
    if (events.length > 0) {
      const endpoints = await readActiveEndpoints(trx);
      await insertDeliveries(trx, deliveriesOf(events, endpoints), now, { again: false });
    }
    await moveReader(trx, READER, next, now);
    return events.length === PAGE;
  });
}

/** What each of these endpoints is told of these events. */
export function deliveriesOf(
  events: readonly DeliveredEvent[],
  endpoints: readonly Pick<Endpoint, 'endpointId' | 'sellerId' | 'eventTypes'>[],
): NewDelivery[] {
  return events.flatMap((event) =>
    endpoints.flatMap((endpoint): NewDelivery[] => {
      const message = messageFor(event, endpoint);
      if (message === undefined) return [];
      const { eventId, seq: outboxSeq, aggregateId } = event;
      const { endpointId } = endpoint;
      const body = JSON.stringify(message);
      return [{ endpointId, eventId, outboxSeq, aggregateId, eventType: message.type, body }];
    }),
  );
}

/**
 * The events from the position on up to the first that is missing: a seq is taken before its transaction commits, so what is missing
 * may still come. One that was rolled back is passed by.
 */
async function withoutGaps(
  trx: Knex.Transaction,
  { nextSeq, gapSince }: ReaderPosition,
  page: readonly DeliveredEvent[],
  now: Date,
): Promise<{ events: readonly DeliveredEvent[]; next: ReaderPosition }> {
  let expected = nextSeq;
  let since = gapSince;
  const events: DeliveredEvent[] = [];
  for (const event of page) {
    if (event.seq > expected) {
      const isDead =
        since !== null &&
        now.getTime() - since.getTime() > GAP_MS &&
        !(await isRangeHeldOpen(trx, { fromSeq: expected, toSeq: event.seq - 1n }));
      if (!isDead) return { events, next: { nextSeq: expected, gapSince: since ?? now } };
    }
    since = null;
    events.push(event);
    expected = event.seq + 1n;
  }
  return { events, next: { nextSeq: expected, gapSince: null } };
}
