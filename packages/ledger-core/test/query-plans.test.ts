import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../scripts/testing/test-database.ts';
import { fillLedger, useEveryFeature } from './support/every-feature.ts';
import { explain, isPlanned, type PlanStep, type Recorded, recordStatements } from './support/plans.ts';
import { readSourceStatements } from './support/source-statements.ts';

/**
 * Tables that have a row for each ledger, consumer, topic or run: reading one of them whole is as quick as by an index, and MySQL
 * does. An index that would serve must be there all the same.
 */
const SMALL = ['ledgers', 'consumer_offsets', 'replay_runs', 'outbox_gaps', 'schema_migrations'];
/** Statements that read everything, because everything is what they are asked for, with why. */
const WHOLE: readonly [RegExp, string][] = [
  [/FROM outbox$/, 'the first and last seq are read off the ends of the primary key'],
  [/ORDER BY seq LIMIT 10000\) AS o/, 'the next ten thousand of the primary key, and no more'],
  [/FROM outbox_archives\b/, 'a row for each partition there ever was, about one a day'],
  [/FROM connector_positions WHERE purged_at/, 'a row for each connector of the database, which is one'],
  [/FROM outbox_readers ORDER BY/, 'a row for each reader, which are a few'],
  [/FROM outbox_gaps$/, 'the few seqs that anybody waits for'],
  [/FROM information_schema\.PARTITIONS/, 'and those that there are'],
  [/ORDER BY r.run_id DESC LIMIT/, 'the newest runs, off the end of the primary key'],
];
/** So many bytes of an index are its ledger_id, and nothing of it is what was asked for. */
const LEDGER_ID_BYTES = '4';
/** Statements that are about a whole ledger, with why. */
const OF_A_LEDGER: readonly [RegExp, string][] = [
  [
    /FROM chain_blocks WHERE ledger_id = \? ORDER BY chain_blocks.block_number DESC LIMIT 1$/,
    'the last block',
  ],
  [/FROM currencies WHERE ledger_id = \?$/, 'a ledger has few of its own, and whoever opens it learns all'],
  [/FROM account_turnovers/, 'a trial balance sums the days of all accounts'],
  [/FROM accounts WHERE ledger_id = \? ORDER BY code$/, 'and names them'],
  [/FROM period_changes /, 'the newest changes of a ledger, which has a handful a year'],
  [/^SELECT 1 FROM journal_entries WHERE ledger_id = \? LIMIT 1$/, 'whether there is one'],
];
/** Indexes that are no way to rows, but a rule. */
const RULES = ['replay_runs_running'];
/** Proofs read all there is, and comparing two ledgers does. */
const NOT_PLANNED = ['audit/', 'reports/ledger-diff.ts', 'database/'];

let database: TestDatabase;
let recorded: Recorded[];
let plans: { sql: string; step: PlanStep }[];

beforeAll(async () => {
  database = await createTestDatabase();
  await fillLedger(database);
  const statements = recordStatements(database.runtime);
  await useEveryFeature(database);
  recorded = [...statements.values()];
  plans = [];
  for (const statement of recorded.filter(isPlanned))
    for (const step of await explain(database.admin, statement))
      plans.push({ sql: oneLine(statement.sql), step });
}, 120_000);
afterAll(() => database.drop());

/** Rows go to the table that is inserted into, and what MySQL made for itself, such as a subquery's result, has no index of ours. */
const readsWhole = ({ type, table, select_type }: PlanStep) =>
  (type === 'ALL' || type === 'index') &&
  select_type !== 'INSERT' &&
  table !== null &&
  !table.startsWith('<');
const oneLine = (sql: string) => sql.replace(/\s+/g, ' ').trim();

describe('the statements of ledger-core', () => {
  it('go by an index, and never read a table or an index whole', () => {
    const whole = plans.filter(
      ({ sql, step }) =>
        readsWhole(step) &&
        !(SMALL.some((table) => sql.includes(table)) && step.possible_keys !== null) &&
        !WHOLE.some(([shape]) => shape.test(sql)),
    );
    expect(whole.map(({ sql, step }) => `${step.type} of ${step.table} in ${sql}`)).toEqual([]);
  });

  it('read no whole ledger, which an index that begins with the ledger would do', () => {
    const whole = plans.filter(
      ({ sql, step }) =>
        step.type === 'ref' &&
        step.key_len === LEDGER_ID_BYTES &&
        !SMALL.some((table) => sql.includes(table)) &&
        !OF_A_LEDGER.some(([shape]) => shape.test(sql)),
    );
    expect(whole.map(({ sql, step }) => `${step.key} of ${step.table} in ${sql}`)).toEqual([]);
  });

  it('use every index there is beside the primary keys', async () => {
    const [rows] = await database.admin.raw(
      `SELECT DISTINCT index_name AS name FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY'`,
    );
    const used = new Set(plans.flatMap(({ step }) => step.key?.split(',') ?? []));
    const names = (rows as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => !used.has(name) && !RULES.includes(name))).toEqual([]);
  });

  it('are all of those in the code', () => {
    const texts = recorded.map(({ sql }) => sql);
    const missed = readSourceStatements(NOT_PLANNED).filter(
      ({ shape }) => !texts.some((text) => shape.test(text)),
    );
    expect(missed.map(({ file, text }) => `${file}: ${oneLine(text)}`)).toEqual([]);
  });
});
