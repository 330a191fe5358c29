import type { Knex } from 'knex';
import type { AccountOpening } from '../accounts/account.ts';
import { LedgerError } from '../errors.ts';
import type { Entry } from '../journal/entry.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import type { LedgerNotice } from '../watch/notice.ts';

/** What an event means to the ledger: the accounts it needs and the entries it posts, all of them or none. */
export interface Plan {
  readonly accounts: readonly AccountOpening[];
  readonly entries: readonly Entry[];
}

/** Turns one event into a plan. Pure: the same event gives the same plan, so that a replay rebuilds the same books. */
export type Handler = (event: DeliveredEvent) => Plan;

/**
 * Does what an event asks for, in the transaction of its batch: what it writes is there once, with the batch, or is undone and the
 * event parked when it throws. Watchers are told of `notices` once the batch is committed: give them to `ledger.within`.
 */
export type EventWork = (
  event: DeliveredEvent,
  trx: Knex.Transaction,
  notices: LedgerNotice[],
) => Promise<void>;

/** The handlers of a consumer, by event type and version. */
export interface Handlers {
  /**
   * The event's plan, or undefined for an aggregate that this consumer has no interest in.
   * @throws LedgerError `event_unhandled` when there is no handler for this type and version
   */
  planFor(event: DeliveredEvent): Plan | undefined;
  /** The event's work, where it has no plan but is worked on. */
  workFor?(event: DeliveredEvent): EventWork | undefined;
}

/** Where handlers are registered. */
export interface HandlerRegistry extends Handlers {
  /**
   * Events with a plan are posted many at a time, which suits what comes in thousands.
   * @throws LedgerError `handler_conflict` when this type and version has a handler already
   */
  on(eventType: string, eventVersion: number, handler: Handler): HandlerRegistry;
  /**
   * Events that are worked on one by one, each under a savepoint.
   * @throws LedgerError `handler_conflict`
   */
  run(eventType: string, eventVersion: number, work: EventWork): HandlerRegistry;
}

/** Which events concern the consumer at all. */
export interface HandlersOptions {
  /** Events of other aggregate types are passed by; default: none are, and one without a handler is parked. */
  readonly aggregateTypes?: readonly string[];
}

/** An empty registry of what to do with which event. */
export function createHandlers({ aggregateTypes }: HandlersOptions = {}): HandlerRegistry {
  const byName = new Map<string, { plan: Handler } | { work: EventWork }>();
  const isOfInterest = ({ aggregateType }: DeliveredEvent) => aggregateTypes?.includes(aggregateType) ?? true;
  const find = (event: DeliveredEvent) =>
    isOfInterest(event) ? byName.get(nameOf(event.eventType, event.eventVersion)) : undefined;

  function add(eventType: string, eventVersion: number, handler: { plan: Handler } | { work: EventWork }) {
    const name = nameOf(eventType, eventVersion);
    if (byName.has(name))
      throw new LedgerError(
        'handler_conflict',
        `There is a handler for ${name} already; register one only.`,
        {
          eventType,
          eventVersion,
        },
      );
    byName.set(name, handler);
    return handlers;
  }

  const handlers: HandlerRegistry = {
    on: (eventType, eventVersion, plan) => add(eventType, eventVersion, { plan }),
    run: (eventType, eventVersion, work) => add(eventType, eventVersion, { work }),
    workFor(event) {
      const found = find(event);
      return found !== undefined && 'work' in found ? found.work : undefined;
    },
    planFor(event) {
      if (!isOfInterest(event)) return undefined;
      const found = find(event);
      if (found === undefined) throw unhandled(event, [...byName.keys()]);
      return 'plan' in found ? found.plan(event) : undefined;
    },
  };
  return handlers;
}

function nameOf(eventType: string, eventVersion: number): string {
  return `${eventType} v${eventVersion}`;
}

function unhandled({ eventType, eventVersion }: DeliveredEvent, known: readonly string[]): LedgerError {
  return new LedgerError(
    'event_unhandled',
    `There is no handler for ${nameOf(eventType, eventVersion)}; there are for: ${known.join(', ') || 'none'}.`,
    { eventType, eventVersion, known },
  );
}
