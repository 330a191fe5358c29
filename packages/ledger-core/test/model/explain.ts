import { type Books, copyOf, differenceFrom } from './books.ts';
import type { Words } from './steps.ts';

/*
 * How concurrent outcomes are judged. Callers race for the same accounts, so no outcome can be foretold alone. But the ledger
 * promises that each call happens as a whole at one moment between its begin and its end. So we look for an order of the calls,
 * true to those times, in which the auditor foretells every outcome as it was observed, and ends with the balances that the
 * database has. If there is none, something was lost, doubled or let pass. This finds races on accounts that all callers share;
 * giving each caller accounts of its own would not.
 */

/** Something that happened at a moment between its begin and its end. */
export interface Event {
  readonly label: string;
  readonly begin: number;
  readonly end: number;
  /** Changes the books, and tells the outcome that the auditor expects. */
  happen(books: Books): Words;
  /** Undefined where the connection died before the outcome was known: such an event may also not have happened at all. */
  readonly observed: Words | undefined;
  /** Where its connection died and the call was made again: the event of the call that was answered, which comes later. */
  readonly before?: Event;
}

export type Explanation = Path | { readonly order: undefined; readonly reason: string };

const MOST_STATES = 100_000;

/** How far the search has come: what has happened so far, and the books then. */
interface Path {
  readonly order: readonly Event[];
  readonly books: Books;
}

/**
 * Finds an order that explains what was observed.
 * @param differs what the database has otherwise than these books; undefined when nothing
 */
export function explain(
  books: Books,
  events: readonly Event[],
  differs: (books: Books) => string | undefined,
): Explanation {
  const inOrderOfEnd = [...events].sort((a, b) => a.end - b.end);
  const seen = new Set<string>();
  let furthest: { order: readonly Event[]; obstacle: string } = { order: [], obstacle: 'Nothing fits.' };

  function search(path: Path): Path | undefined {
    const waiting = inOrderOfEnd.filter((event) => !path.order.includes(event));
    const due = waiting.filter(({ observed }) => observed !== undefined);
    if (due.length === 0) return arrive(path);
    const places = waiting.map((event) => inOrderOfEnd.indexOf(event)).join();
    const state = `${places}\n${differenceFrom(books, path.books)}`;
    if (seen.has(state) || seen.size >= MOST_STATES) return undefined;
    seen.add(state);
    const deadline = Math.min(...due.map(({ end }) => end));
    const lost = waiting.filter((event) => isLost(event, path.order));
    const candidates = [...due, ...lost].filter(({ begin }) => begin <= deadline);
    return goOn(path, candidates);
  }

  function goOn({ order, books: now }: Path, candidates: readonly Event[]): Path | undefined {
    const obstacles: string[] = [];
    for (const event of candidates) {
      const next = copyOf(now);
      const expected = event.happen(next);
      const fits = event.observed === undefined || event.observed === expected;
      const found = fits ? search({ order: [...order, event], books: next }) : undefined;
      if (found !== undefined) return found;
      if (!fits)
        obstacles.push(`${event.label}\n      expected ${expected}\n      observed ${event.observed}`);
    }
    return fail(order, `None of these can be next:\n    ${obstacles.join('\n    ')}`);
  }

  function arrive(path: Path): Path | undefined {
    const difference = differs(path.books);
    return difference === undefined ? path : fail(path.order, `In the database ${difference}.`);
  }

  function fail(order: readonly Event[], obstacle: string): undefined {
    if (order.length >= furthest.order.length) furthest = { order, obstacle };
  }

  const found = search({ order: [], books });
  if (found !== undefined) return found;
  const verdict = seen.size >= MOST_STATES ? 'No order was found among very many' : 'No order of the calls';
  const steps = furthest.order.map(({ label, observed = '(unknown)' }) => `${label} -> ${observed}`);
  return {
    order: undefined,
    reason: [`${verdict} explains this. The furthest that one goes:`, ...steps, furthest.obstacle].join(
      '\n    ',
    ),
  };
}

/** Whether it may still have happened without an answer: not after the call that was answered. */
function isLost({ observed, before }: Event, order: readonly Event[]): boolean {
  return observed === undefined && (before === undefined || !order.includes(before));
}
