import {
  createHandlers,
  ENTRY_REQUESTED,
  type Handlers,
  type Ledger,
  PAYMENT_CONFIRMED,
  postRequestedEntry,
  settlePayment,
} from '@jangbu/ledger-core';

/** What settlement does with each type of event. The relay applies with these, and so does whoever tries a dead letter again. */
export function settlementHandlers({ name }: Pick<Ledger, 'name'>): Handlers {
  return createHandlers()
    .on(PAYMENT_CONFIRMED.eventType, PAYMENT_CONFIRMED.eventVersion, settlePayment())
    .on(ENTRY_REQUESTED.eventType, ENTRY_REQUESTED.eventVersion, postRequestedEntry(name));
}
