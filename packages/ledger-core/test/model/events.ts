import type { HoldId, Ledger } from '../../src/index.ts';
import { expire } from './auditor-holds.ts';
import { type Books, isDue } from './books.ts';
import { type Driver, type Observation, untilAnswered } from './driver.ts';
import type { Event } from './explain.ts';
import { predict } from './predict.ts';
import { describeOperation, type Operation } from './steps.ts';

interface Context {
  /** As they were before the round. */
  readonly books: Books;
  readonly ledger: Ledger;
  readonly driver: Driver;
}

/** More calls of one operation than these hardly die. */
const MOST_LOST = 3;

/** An operation as what happened: the answered call, and those that may have happened before it without an answer. */
export async function eventsOf(
  { operation, observation }: { operation: Operation; observation: Observation },
  context: Context,
): Promise<Event[]> {
  const { begin, end, outcome, lost } = observation;
  if (operation.as === 'expiry') {
    const holds = await expiredBy(observation, context);
    return holds.map((hold) => ({
      label: `the job expires ${hold}`,
      begin,
      end,
      happen: (books) => expire(books, hold),
      observed: 'expired',
    }));
  }
  const label = describeOperation(operation);
  const answered: Event = {
    label,
    begin,
    end,
    happen: (books) => predict(books, operation),
    observed: outcome,
  };
  if (operation.as === 'joined' && operation.end === 'rollback') return [answered];
  const unanswered = Array.from({ length: Math.min(lost, MOST_LOST) }, () => ({
    ...answered,
    label: `${label} (a call that was not answered)`,
    observed: undefined,
    before: answered,
  }));
  return [answered, ...unanswered];
}

/** The keys of the holds that the job expired; where a call of it died, also of those it did not come to tell. */
async function expiredBy(
  { expired, lost }: Observation,
  { books, ledger, driver }: Context,
): Promise<string[]> {
  const due = new Map<HoldId, string>();
  for (const [key, hold] of books.holds) {
    const id = driver.holdId(key);
    if (isDue(books, hold) && id !== undefined) due.set(id, key);
  }
  const stranger = expired.find((id) => !due.has(id));
  if (stranger !== undefined) throw new Error(`The job expired ${stranger}, which is not due.`);
  const told = new Set(expired);
  if (lost > 0)
    for (const id of due.keys())
      if ((await untilAnswered(() => ledger.getHold(id))).status === 'expired') told.add(id);
  return [...due].flatMap(([id, key]) => (told.has(id) ? [key] : []));
}
