import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/test-database.ts';
import { openDatabase } from '../../src/index.ts';
import { minutesAskedFor } from './minutes.ts';
import { Disproof, runProgram, type Tally } from './run.ts';
import { type Case, formatCase, parseCase, roundsOf, shrink } from './shrink.ts';

const { JANGBU_MODEL_SEED } = process.env;
const MINUTES = minutesAskedFor();
const FIXED_SEEDS = 45;
const EVERY_OUTCOME = [
  ...[
    'posted',
    'replayed',
    'held',
    'open',
    'captured',
    'released',
    'expired',
    'whole',
    'part',
    'frozen',
    'closed',
  ],
  ...['entry_malformed', 'entry_unbalanced', 'idempotency_conflict', 'account_unknown', 'currency_mismatch'],
  ...[
    'account_closed',
    'account_frozen',
    'period_closed',
    'balance_overflow',
    'limit_exceeded',
    'account_not_zero',
  ],
  ...[
    'account_conflict',
    'hold_unknown',
    'hold_closed',
    'hold_exceeded',
    'entry_unknown',
    'reversal_exceeded',
  ],
];
const STARTED_AT = Date.now();
const SHRINK_MS = 60_000;
const tally: Tally = { operations: 0, kills: 0, lost: 0, outcomes: new Map() };
let database: TestDatabase;
/** Takes several statements in one round trip. */
let fewTrips: Knex;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 16 });
  fewTrips = openDatabase({ url: database.runtimeUrl, poolSize: 16, multipleStatements: true });
});
afterAll(async () => {
  await fewTrips.destroy();
  await database.drop();
});

it(
  'gives what the auditor foretells, from many connections and while connections are killed',
  async () => {
    const from = Date.now();
    let runs = 0;
    for (const one of cases(from + MINUTES * 60_000)) {
      await expectSound(one);
      runs++;
    }
    const { operations, kills, lost, outcomes } = tally;
    report(
      `${runs} seeds in ${((Date.now() - from) / 1000).toFixed(1)} s: ${operations} operations, ${kills} connections killed, ` +
        `${lost} calls made again`,
    );
    report(
      [...outcomes]
        .sort(([, a], [, b]) => b - a)
        .map(([word, times]) => `${word} ${times}`)
        .join(', '),
    );
    // What never came was not tried: the workload would have to be drawn otherwise.
    if (JANGBU_MODEL_SEED === undefined)
      expect(EVERY_OUTCOME.filter((word) => !outcomes.has(word))).toEqual([]);
  },
  MINUTES * 60_000 + 300_000,
);

/** The case that was asked for; else the same ones each time, then one that nobody has tried; for minutes, as many as fit. */
function* cases(until: number): Iterable<Case> {
  if (JANGBU_MODEL_SEED !== undefined && MINUTES === 0) return yield parseCase(JANGBU_MODEL_SEED);
  for (let seed = 1; seed <= FIXED_SEEDS; seed++) yield { seed, places: undefined };
  const first = JANGBU_MODEL_SEED === undefined ? randomInt(2 ** 31) : parseCase(JANGBU_MODEL_SEED).seed;
  report(`seeds 1 to ${FIXED_SEEDS} hold; from here on seed ${first}`);
  yield { seed: first, places: undefined };
  for (let seed = first + 1; Date.now() < until; seed++) yield { seed: seed % 2 ** 31, places: undefined };
}

/** Runs a case. Where it fails, makes it smaller, and tells how to run it again. */
async function expectSound(whole: Case): Promise<void> {
  const disproof = await disproofOf(whole, 1);
  if (disproof === undefined) return;
  report(
    `seed ${formatCase(whole)} fails after ${((Date.now() - STARTED_AT) / 1000).toFixed(1)} s; making it smaller`,
  );
  let last = disproof;
  const fails = async (smaller: Case) => {
    const found = await disproofOf(smaller, 3);
    last = found ?? last;
    return found !== undefined;
  };
  const small = await shrink(whole, disproof.round, fails, Date.now() + SHRINK_MS);
  throw new Error(
    `${last.message}\n\nTo run it again: JANGBU_MODEL_SEED=${formatCase(small)}\nThe whole of it: JANGBU_MODEL_SEED=${formatCase(whole)}`,
  );
}

async function disproofOf(one: Case, attempts: number): Promise<Disproof | undefined> {
  const knex = one.seed % 2 === 0 ? database.runtime : fewTrips;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await runProgram({ database, knex }, roundsOf(one), tally);
    } catch (error) {
      if (error instanceof Disproof) return error;
      throw new Error(`JANGBU_MODEL_SEED=${formatCase(one)} could not be run.`, { cause: error });
    }
  }
  return undefined;
}

function report(line: string): void {
  process.stderr.write(`model: ${line}\n`);
}
