import {
  createHandlers,
  ENTRY_AGGREGATE,
  ENTRY_REQUESTED,
  type FeePolicy,
  type HandlerRegistry,
  type Ledger,
  PAYMENT_CONFIRMED,
  postRequestedEntry,
  settlePayment,
} from '@jangbu/ledger-core';

/** The aggregates that settlement applies; events of others are another consumer's. */
export const SETTLEMENT_AGGREGATES = ['payment', ENTRY_AGGREGATE] as const;

/**
 * What settlement does with each type of event. The relay applies with these, and so does whoever tries a dead letter again, or
 * replays; a policy of other rates is for trying it in a ledger of its own.
 */
export function settlementHandlers({ name }: Pick<Ledger, 'name'>, policy?: FeePolicy): HandlerRegistry {
  return createHandlers({ aggregateTypes: SETTLEMENT_AGGREGATES })
    .on(PAYMENT_CONFIRMED.eventType, PAYMENT_CONFIRMED.eventVersion, settlePayment(policy))
    .on(ENTRY_REQUESTED.eventType, ENTRY_REQUESTED.eventVersion, postRequestedEntry(name));
}
