import type { AccountOpening } from '../accounts/account.ts';
import { LedgerError } from '../errors.ts';
import type { Entry } from '../journal/entry.ts';
import type { DeliveredEvent } from '../outbox/event.ts';

/** What an event means to the ledger: the accounts it needs and the entries it posts, all of them or none. */
export interface Plan {
  readonly accounts: readonly AccountOpening[];
  readonly entries: readonly Entry[];
}

/** Turns one event into a plan. Pure: the same event gives the same plan, so that a replay rebuilds the same books. */
export type Handler = (event: DeliveredEvent) => Plan;

/** The handlers of a consumer, by event type and version. */
export interface Handlers {
  on(eventType: string, eventVersion: number, handler: Handler): Handlers;
  /**
   * The event's plan, or undefined for a type that this consumer has no interest in.
   * @throws LedgerError `event_unhandled` when the type is known but this version of it is not
   */
  planFor(event: DeliveredEvent): Plan | undefined;
}

export function createHandlers(): Handlers {
  const byType = new Map<string, Map<number, Handler>>();
  const handlers: Handlers = {
    on(eventType, eventVersion, handler) {
      const versions = byType.get(eventType) ?? new Map<number, Handler>();
      byType.set(eventType, versions.set(eventVersion, handler));
      return handlers;
    },
    planFor(event) {
      const versions = byType.get(event.eventType);
      if (versions === undefined) return undefined;
      const handler = versions.get(event.eventVersion);
      if (handler !== undefined) return handler(event);
      throw new LedgerError(
        'event_unhandled',
        `No handler for version ${event.eventVersion} of ${event.eventType}.`,
        {
          eventType: event.eventType,
          eventVersion: event.eventVersion,
          known: [...versions.keys()],
        },
      );
    },
  };
  return handlers;
}
