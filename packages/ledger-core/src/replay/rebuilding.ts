import type { Knex } from 'knex';
import { searchAccounts } from '../accounts/accounts-table.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerError } from '../errors.ts';
import { findDiscarded, type StoredLetter } from '../inbox/dead-letters-table.ts';
import type { Handlers, Plan } from '../inbox/handler.ts';
import type { ConsumerKey } from '../inbox/offsets-table.ts';
import type { LinkedEntry } from '../journal/entry.ts';
import type { PostingContext } from '../journal/posting.ts';
import { readEffectiveTimes } from './events-table.ts';
import type { ReplayedEvent } from './run.ts';

const ACCOUNTS_AT_ONCE = 500;
const PLANS_AT_ONCE = 25;

/**
 * Opens the accounts of a ledger in another one. Without their limits and statuses, which were set at some time and would now hold for all
 * times: what an entry met then is not what it would meet now.
 */
export async function copyChart(knex: Knex, sourceLedgerId: number, context: PostingContext): Promise<void> {
  for (let after = ''; ; ) {
    const search = {
      from: '',
      after,
      before: '~',
      type: null,
      currency: null,
      status: null,
      metadata: null,
    };
    const accounts = await searchAccounts(knex, sourceLedgerId, search, ACCOUNTS_AT_ONCE);
    const last = accounts.at(-1);
    if (last === undefined) return;
    const openings = accounts.map(({ code, name, type, currency, metadata }) => ({
      code,
      name,
      type,
      currency,
      ...(metadata === null ? {} : { metadata }),
    }));
    await inTransaction(knex, (trx) => context.chart.open(trx, openings));
    after = last.code;
  }
}

/** What of a page was discarded in the ledger that is rebuilt. */
export function discardedOf(
  db: Knex,
  source: ConsumerKey,
  events: readonly ReplayedEvent[],
): Promise<StoredLetter[]> {
  return findDiscarded(
    db,
    source,
    events.map(({ eventId }) => eventId),
  );
}

/**
 * Handlers that plan, and whose entries keep when they happened: where an event does not say, the ledger that is rebuilt does, and where that has no
 * such entry, it is when the event was written.
 */
export async function keepingTimes(
  db: Knex,
  sourceLedgerId: number,
  handlers: Handlers,
  events: readonly ReplayedEvent[],
): Promise<Handlers> {
  const plans = new Map<string, Plan | LedgerError | undefined>();
  const timeless: string[] = [];
  for (const [index, event] of events.entries()) {
    // The page before this one is being written meanwhile, and its next statement shall not wait for a whole page's plans.
    if (index % PLANS_AT_ONCE === 0) await new Promise(setImmediate);
    const plan = planned(handlers, event);
    plans.set(event.eventId, plan);
    for (const entry of entriesOf(plan))
      if (entry.effectiveAt === undefined) timeless.push(entry.idempotencyKey);
  }
  const times = await readEffectiveTimes(db, sourceLedgerId, timeless);
  const writtenAt = new Map(events.map((event) => [event.eventId, event.writtenAt]));
  return {
    planFor(event) {
      const plan = plans.has(event.eventId) ? plans.get(event.eventId) : handlers.planFor(event);
      if (plan instanceof Error) throw plan;
      return (
        plan && {
          ...plan,
          entries: plan.entries.map((entry) =>
            timed(entry, times.get(entry.idempotencyKey) ?? writtenAt.get(event.eventId)),
          ),
        }
      );
    },
  };
}

function timed(entry: LinkedEntry, time: Date | undefined): LinkedEntry {
  return entry.effectiveAt !== undefined || time === undefined
    ? entry
    : { ...entry, effectiveUnlessGiven: time };
}

function entriesOf(plan: Plan | Error | undefined): Plan['entries'] {
  return plan === undefined || plan instanceof Error ? [] : plan.entries;
}

/** A plan that cannot be made fails again where it is asked for, and the event is parked there. */
function planned(handlers: Handlers, event: ReplayedEvent): Plan | LedgerError | undefined {
  try {
    return handlers.planFor(event);
  } catch (error) {
    if (error instanceof Error) return error as LedgerError;
    return new LedgerError('event_malformed', String(error));
  }
}
