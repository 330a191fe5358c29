import { createHandlers, type HandlerRegistry } from '../inbox/handler.ts';
import { ENTRY_AGGREGATE, ENTRY_REQUESTED, postRequestedEntry } from '../journal/post-later.ts';
import type { FeePolicy } from './fee-policy.ts';
import { PAYMENT_CANCELLED, refundPayment } from './payment-cancelled.ts';
import { PAYMENT_CONFIRMED, settlePayment } from './payment-confirmed.ts';

/** The aggregates that settlement applies; events of others are another consumer's. */
export const SETTLEMENT_AGGREGATES = ['payment', ENTRY_AGGREGATE] as const;

/**
 * What settlement does with each type of event. The relay applies with these, and so does whoever tries a dead letter again, or
 * replays; a policy of other rates is for trying it in a ledger of its own.
 */
export function settlementHandlers({ name }: { name: string }, policy?: FeePolicy): HandlerRegistry {
  return createHandlers({ aggregateTypes: SETTLEMENT_AGGREGATES })
    .on(PAYMENT_CONFIRMED.eventType, PAYMENT_CONFIRMED.eventVersion, settlePayment(policy))
    .on(PAYMENT_CANCELLED.eventType, PAYMENT_CANCELLED.eventVersion, refundPayment(policy))
    .on(ENTRY_REQUESTED.eventType, ENTRY_REQUESTED.eventVersion, postRequestedEntry(name));
}
