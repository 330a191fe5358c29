import {
  type DeliveredEvent,
  type EventWork,
  type Ledger,
  LedgerError,
  type LedgerInTransaction,
} from '@jangbu/ledger-core';
import type { Knex } from 'knex';

/** An outbox event with its payload as the object that was written. */
export interface RelayEvent<Payload> extends Omit<DeliveredEvent, 'payload'> {
  /** Parsed, and not checked any further: that it has this shape is what its type and version promise. */
  readonly payload: Payload;
}

/**
 * Applies one event. What it does through `ledger`, and in tables of its own through `trx`, commits with the event's batch, so it happens
 * exactly once. What it does elsewhere, such as an e-mail, happens at least once. When it throws, what it wrote is undone, and the
 * event goes to dead letters with the error; later events of its aggregate wait behind it.
 */
export type EventHandler<Payload> = (
  event: RelayEvent<Payload>,
  ledger: LedgerInTransaction,
  trx: Knex.Transaction,
) => Promise<void>;

export function inTransactionOf<Payload>(
  ledger: Pick<Ledger, 'within'>,
  handler: EventHandler<Payload>,
): EventWork {
  return (event, trx, notices) =>
    handler({ ...event, payload: readPayload<Payload>(event) }, ledger.within(trx, notices), trx);
}

/** @throws LedgerError `event_malformed` */
function readPayload<Payload>({ eventId, eventType, payload }: DeliveredEvent): Payload {
  try {
    return JSON.parse(payload);
  } catch (cause) {
    throw new LedgerError(
      'event_malformed',
      `The payload of ${eventType} ${eventId} is not JSON.`,
      { eventId },
      { cause },
    );
  }
}
