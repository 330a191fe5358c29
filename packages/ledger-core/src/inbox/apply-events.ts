import type { Knex } from 'knex';
import { withSavepoint } from '../database/savepoint.ts';
import { isLedgerError, LedgerError } from '../errors.ts';
import type { Group } from '../journal/booking.ts';
import type { Outcome } from '../journal/decide-groups.ts';
import { type PostingContext, postGroups } from '../journal/posting.ts';
import type { DeliveredEvent } from '../outbox/event.ts';
import { type LedgerNotice, noticesOf } from '../watch/notice.ts';
import { isOfAnEvent, toReason } from './blame.ts';
import { aggregateKey, type DeadLetter, type Parked } from './dead-letters-table.ts';
import type { EventWork, Handlers, Plan } from './handler.ts';

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

/** How the entries of events are posted in the transaction, a group for each event. */
export type Post = (
  trx: Knex.Transaction,
  context: PostingContext,
  groups: readonly Group[],
  events: readonly DeliveredEvent[],
) => Promise<Outcome[][]>;

type Park = (event: DeliveredEvent, error: LedgerError) => void;

/** Does what events mean, in order; those for which that cannot be done, and what stands behind them, become dead letters. */
export async function applyEvents(
  trx: Knex.Transaction,
  context: PostingContext,
  handlers: Handlers,
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  post: Post = postGroups,
): Promise<AppliedEvents> {
  const letters: DeadLetter[] = [];
  const park: Park = (event, error) => {
    letters.push({ event, error });
    parked.aggregates.add(aggregateKey(event));
  };
  const applied: DeliveredEvent[] = [];
  const notices: LedgerNotice[] = [];
  for (const { work, events: together } of inRuns(events, handlers)) {
    const result =
      work === undefined
        ? await postPlans(trx, context, { handlers, post }, together, parked, park)
        : await workOn(trx, work, together, parked, park);
    applied.push(...result.applied);
    notices.push(...result.notices);
  }
  return { applied, letters, notices };
}

interface Run {
  readonly work: EventWork | undefined;
  readonly events: DeliveredEvent[];
}

/** Events with plans that stand together are posted together; one that is worked on stands alone. */
function inRuns(events: readonly DeliveredEvent[], handlers: Handlers): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const work = handlers.workFor?.(event);
    const last = runs.at(-1);
    if (work === undefined && last !== undefined && last.work === undefined) last.events.push(event);
    else runs.push({ work, events: [event] });
  }
  return runs;
}

type Applied = Pick<AppliedEvents, 'applied' | 'notices'>;
const NOTHING: Applied = { applied: [], notices: [] };

async function workOn(
  trx: Knex.Transaction,
  work: EventWork,
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  park: Park,
): Promise<Applied> {
  const [event] = events;
  if (event === undefined) return NOTHING;
  if (parked.aggregates.has(aggregateKey(event))) {
    park(event, behindDeadLetter(event));
    return NOTHING;
  }
  const notices: LedgerNotice[] = [];
  try {
    await withSavepoint(trx, 'jangbu_event', () => work(event, trx, notices));
    return { applied: [event], notices };
  } catch (error) {
    if (!isOfAnEvent(error)) throw error;
    park(event, toReason(error));
    return NOTHING;
  }
}

async function postPlans(
  trx: Knex.Transaction,
  context: PostingContext,
  { handlers, post }: { handlers: Handlers; post: Post },
  events: readonly DeliveredEvent[],
  parked: Pick<Parked, 'aggregates'>,
  park: Park,
): Promise<Applied> {
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
  const outcomes = await post(
    trx,
    context,
    groups,
    ready.map(({ event }) => event),
  );
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
  return { applied, notices };
}

/** Opens what the plans need in one go; only when that is refused does it look for the event that is to blame. */
async function openAccounts(
  trx: Knex,
  context: PostingContext,
  planned: readonly PlannedEvent[],
  park: Park,
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

/** The event's plan, or why it can have none. */
export function planOf(event: DeliveredEvent, handlers: Handlers): Plan | LedgerError {
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
