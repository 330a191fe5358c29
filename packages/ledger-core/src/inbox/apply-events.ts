import type { Knex } from 'knex';
import { isLedgerError, LedgerError } from '../errors.ts';
import { type PostingContext, postGroups } from '../journal/posting.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import { type LedgerNotice, noticesOf } from '../watch/notice.ts';
import { aggregateKey, type DeadLetter, type Parked } from './dead-letters-table.ts';
import type { Handlers, Plan } from './handler.ts';

interface PlannedEvent {
  readonly event: DeliveredEvent;
  readonly plan: Plan;
}

/** What became of events: those that were applied, and those that could not be, with why. */
export interface AppliedEvents {
  readonly applied: readonly DeliveredEvent[];
  readonly letters: readonly DeadLetter[];
  readonly notices: readonly LedgerNotice[];
}

/** Turns events into entries and posts them; those that cannot be, and what stands behind them, become dead letters. */
export async function applyEvents(
  trx: Knex,
  context: PostingContext,
  handlers: Handlers,
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
): Promise<AppliedEvents> {
  const letters: DeadLetter[] = [];
  const park = (event: DeliveredEvent, error: LedgerError) => {
    letters.push({ event, error });
    parked.aggregates.add(aggregateKey(event));
  };
  const planned: PlannedEvent[] = [];
  for (const event of events) {
    const plan = parked.aggregates.has(aggregateKey(event))
      ? behindDeadLetter(event)
      : planOf(event, handlers);
    if (isLedgerError(plan)) park(event, plan);
    else planned.push({ event, plan });
  }
  const ready = await openAccounts(trx, context, planned, park);
  const groups = ready.map(({ event, plan }) => ({ entries: plan.entries, orderKey: aggregateKey(event) }));
  const outcomes = await postGroups(trx, context, groups);
  const applied: DeliveredEvent[] = [];
  const refusedKeys = new Set<string>();
  ready.forEach(({ event }, index) => {
    const refused = outcomes[index]?.find((outcome) => outcome.status === 'rejected');
    const isBehind = refusedKeys.has(aggregateKey(event));
    if (isBehind) park(event, behindDeadLetter(event));
    else if (refused?.status === 'rejected') park(event, refused.error);
    else applied.push(event);
    if (refused !== undefined) refusedKeys.add(aggregateKey(event));
  });
  const notices = ready.flatMap(({ plan }, index) =>
    plan.entries.flatMap(({ idempotencyKey }, place) => {
      const outcome = outcomes[index]?.[place];
      return outcome === undefined ? [] : noticesOf(idempotencyKey, outcome);
    }),
  );
  return { applied, letters, notices };
}

/** Opens what the plans need in one go; only when that is refused does it look for the event that is to blame. */
async function openAccounts(
  trx: Knex,
  context: PostingContext,
  planned: readonly PlannedEvent[],
  park: (event: DeliveredEvent, error: LedgerError) => void,
): Promise<PlannedEvent[]> {
  try {
    await context.chart.open(
      trx,
      planned.flatMap(({ plan }) => plan.accounts),
    );
    return [...planned];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
  }
  const ready: PlannedEvent[] = [];
  const refusedKeys = new Set<string>();
  for (const one of planned) {
    if (refusedKeys.has(aggregateKey(one.event))) {
      park(one.event, behindDeadLetter(one.event));
      continue;
    }
    try {
      await context.chart.open(trx, one.plan.accounts);
      ready.push(one);
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      park(one.event, error);
      refusedKeys.add(aggregateKey(one.event));
    }
  }
  return ready;
}

function planOf(event: DeliveredEvent, handlers: Handlers): Plan | LedgerError {
  try {
    return handlers.planFor(event) ?? { accounts: [], entries: [] };
  } catch (error) {
    if (isLedgerError(error)) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new LedgerError(
      'event_malformed',
      `The handler failed: ${message}`,
      { eventType: event.eventType },
      { cause: error },
    );
  }
}

function behindDeadLetter(event: DeliveredEvent): LedgerError {
  return new LedgerError(
    'event_behind_dead_letter',
    'An earlier event of this aggregate waits in dead letters.',
    {
      aggregateType: event.aggregateType,
      aggregateId: event.aggregateId,
    },
  );
}
