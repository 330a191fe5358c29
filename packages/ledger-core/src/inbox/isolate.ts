import type { Knex } from 'knex';
import { withSavepoint } from '../database/savepoint.ts';
import type { LedgerError } from '../errors.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { AppliedEvents } from './apply-events.ts';
import { isOfAnEvent, toReason } from './blame.ts';
import type { Parked } from './dead-letters-table.ts';
import type { Handlers } from './handler.ts';

/** What an attempt at events needs; `handlers` are other than the usual where an event is to be parked. */
export type Attempt = (
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  handlers: Handlers,
) => Promise<AppliedEvents>;

/**
 * Applies events of which at least one breaks the attempt: halves what breaks until the event is found, parks it, and applies the
 * rest in order. A batch of n with one such event takes about 2 log2(n) attempts, in one transaction.
 */
export async function isolate(
  trx: Knex,
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  handlers: Handlers,
  attempt: Attempt,
): Promise<AppliedEvents> {
  const tentative = { aggregates: new Set(parked.aggregates) };
  try {
    const result = await withSavepoint(trx, 'jangbu_events', () => attempt(events, tentative, handlers));
    for (const key of tentative.aggregates) parked.aggregates.add(key);
    return result;
  } catch (error) {
    if (!isOfAnEvent(error)) throw error;
    if (events.length === 1) return attempt(events, parked, refusing(toReason(error)));
  }
  const middle = Math.ceil(events.length / 2);
  const first = await isolate(trx, events.slice(0, middle), parked, handlers, attempt);
  const second = await isolate(trx, events.slice(middle), parked, handlers, attempt);
  return {
    applied: [...first.applied, ...second.applied],
    letters: [...first.letters, ...second.letters],
    notices: [...first.notices, ...second.notices],
  };
}

/** Handlers that refuse every event, so that it is parked with this reason. */
export function refusing(reason: LedgerError): Handlers {
  return {
    planFor() {
      throw reason;
    },
  };
}
