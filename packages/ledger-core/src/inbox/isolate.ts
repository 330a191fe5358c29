import type { Knex } from 'knex';
import { isDueToValues, isOfDriver } from '../database/mysql-errors.ts';
import { withSavepoint } from '../database/savepoint.ts';
import { isLedgerError, LedgerError, type LedgerErrorCode } from '../errors.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { AppliedEvents } from './apply-events.ts';
import type { Parked } from './dead-letters-table.ts';
import type { Handlers } from './handler.ts';

/** What an attempt at events needs; `handlers` are other than the usual where an event is to be parked. */
export type Attempt = (
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  handlers: Handlers,
) => Promise<AppliedEvents>;

/** Errors of the ledger that say nothing of an event: the same event may be applied later, or by another relay. */
const NOT_OF_AN_EVENT: ReadonlySet<LedgerErrorCode> = new Set([
  'database_busy',
  'database_unreachable',
  'database_read_only',
  'migrations_missing',
  'consumer_fenced',
  'batch_out_of_place',
]);

/** Whether an error that broke a batch is due to one of its events, so that the batch would break again. */
export function isOfAnEvent(error: unknown): boolean {
  if (isLedgerError(error)) return !NOT_OF_AN_EVENT.has(error.code);
  return isDueToValues(error) || !isOfDriver(error);
}

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
    const result = await withSavepoint(trx, () => attempt(events, tentative, handlers));
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
  const handlers: Handlers = {
    on: () => handlers,
    planFor() {
      throw reason;
    },
  };
  return handlers;
}

/** Without the statement, which knex puts into the message and which may hold much of the batch. */
function toReason(error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  const { errno, sqlMessage, message = String(error) } = (error ?? {}) as DriverError;
  const why = errno === undefined ? message : `MySQL refuses what it writes: ${sqlMessage ?? ''} (${errno})`;
  return new LedgerError('event_unappliable', `The event cannot be applied: ${why}`, {}, { cause: error });
}

interface DriverError {
  errno?: number;
  sqlMessage?: string;
  message?: string;
}
