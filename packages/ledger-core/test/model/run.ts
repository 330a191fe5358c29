import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { TestDatabase } from '../../../../scripts/testing/test-database.ts';
import { createLedger, credit, debit, type Ledger, minorUnits } from '../../src/index.ts';
import { OPENINGS } from './accounts.ts';
import { type Books, openBooks } from './books.ts';
import { assertEnd, assertNoneDue, differenceOf, readAccounts } from './compare.ts';
import { createDriver, type Driver, type Observation, untilAnswered } from './driver.ts';
import { eventsOf } from './events.ts';
import { explain } from './explain.ts';
import { createPlanner } from './plan.ts';
import type { Round } from './program.ts';
import { sabotage } from './saboteur.ts';
import { describeOperation, type Operation } from './steps.ts';

/** What runs did. */
export interface Tally {
  operations: number;
  kills: number;
  /** Calls that died with their connection, and were made again. */
  lost: number;
  /** How often each outcome came, by its first word: `posted`, `limit_exceeded`. */
  readonly outcomes: Map<string, number>;
}

/** What was observed cannot be, by the auditor's rules. */
export class Disproof extends Error {
  readonly round: number;

  constructor(round: number, reason: unknown, transcript: readonly string[]) {
    const told = reason instanceof Error ? reason.message : String(reason);
    super(`${transcript.join('\n')}\n\n${told}`, { cause: reason });
    this.round = round;
  }
}

/** What programs run on. */
export interface Bench {
  readonly database: TestDatabase;
  /** The pool of connections that callers share, and that is sabotaged. */
  readonly knex: Knex;
}

/** The shared state of a run. */
interface Run {
  readonly bench: Bench;
  readonly ledgers: readonly [Ledger, ...Ledger[]];
  readonly driver: Driver;
  readonly tally: Tally;
}

const START = new Date('2026-03-02T03:00:00Z');
const PROCESSES = 3;
/** When verify no more waits for entries that came late to the chain to be sealed. */
const LATE_ALLOWANCE_MS = 240_000;

/** So that not everything is refused for want of money. */
const FUNDING = OPENINGS.filter(({ type, floor }) => type === 'liability' && floor !== undefined).map(
  ({ code, currency }): Operation => {
    const amount = minorUnits(500n, currency);
    const source = currency === 'KRW' ? 'assets:cash' : 'assets:dollars';
    const lines = [debit(source, amount), credit(code, amount)];
    return {
      as: 'alone',
      step: { do: 'post', entry: { idempotencyKey: `funding ${code}`, kind: 'funding', lines } },
    };
  },
);

/**
 * Runs a program on a fresh ledger, and holds what it observes against the auditor, round by round.
 * @throws Disproof that tells what no order of the calls explains, how books and database differ, or what verify found
 */
export async function runProgram(bench: Bench, rounds: readonly Round[], tally: Tally): Promise<void> {
  let now = START;
  const ledgers = await openLedgers(bench.knex, () => now);
  const run: Run = { bench, ledgers, driver: createDriver(bench.knex, ledgers), tally };
  const planner = createPlanner();
  const transcript: string[] = [];
  let books = openBooks(OPENINGS, now);
  let index = 0;
  try {
    books = await runRound(run, FUNDING, 0, books, []);
    for (const round of rounds) {
      now = new Date(now.getTime() + round.later * 1_000);
      books = { ...books, now };
      transcript.push(`round ${index}, ${now.toISOString()}, ${round.kills} kills`);
      books = await runRound(run, planner.plan(round, books), round.kills, books, transcript);
      index++;
    }
    now = new Date(now.getTime() + LATE_ALLOWANCE_MS);
    await assertEnd(ledgers[0], run.driver, books);
  } catch (error) {
    throw new Disproof(index, error, transcript);
  }
}

/** Each of them has its own chart of accounts and its own queue, as processes have. */
async function openLedgers(knex: Knex, clock: () => Date): Promise<[Ledger, ...Ledger[]]> {
  const name = `model-${randomBytes(8).toString('hex')}`;
  const open = () => untilAnswered(() => createLedger({ knex, name, clock }));
  const first = await open();
  await untilAnswered(() => first.openAccounts(OPENINGS));
  const others = await Promise.all(Array.from({ length: PROCESSES - 1 }, open));
  return [first, ...others];
}

/** @returns the books after the round */
async function runRound(
  { bench: { database }, ledgers, driver, tally }: Run,
  operations: readonly Operation[],
  kills: number,
  books: Books,
  transcript: string[],
): Promise<Books> {
  const [ledger] = ledgers;
  const sealing = ledgers.at(tally.operations % ledgers.length) ?? ledger;
  const [observations, killed] = await Promise.all([
    Promise.all(operations.map(driver.perform)),
    sabotage(database.admin, `${database.name}_app`, kills),
    // Up to now, so that entries under way come late to the chain.
    untilAnswered(() => sealing.seal({ olderThanMs: -1 })),
  ]);
  tally.kills += killed;
  const done = operations.map((operation, place) => ({
    operation,
    observation: observations[place] as Observation,
  }));
  for (const { operation, observation } of done) {
    count(tally, observation);
    transcript.push(`    ${describeOperation(operation)} -> ${observation.outcome}`);
  }
  const events = await Promise.all(done.map((one) => eventsOf(one, { books, ledger, driver })));
  const stored = await readAccounts(ledger);
  const explanation = explain(books, events.flat(), (theirs) => differenceOf(theirs, stored));
  if (explanation.order === undefined) throw new Error(explanation.reason);
  if (operations.some(({ as }) => as === 'expiry')) assertNoneDue(explanation.books);
  return explanation.books;
}

function count(tally: Tally, { outcome, lost }: Observation): void {
  tally.operations++;
  tally.lost += lost;
  for (const one of outcome.split(/[,;] /)) {
    const [word = ''] = one.split(' ');
    tally.outcomes.set(word, (tally.outcomes.get(word) ?? 0) + 1);
  }
}
