import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '@jangbu/ledger-core';
import { startStack } from '@jangbu/stack';
import { dropDatabase, prepareDatabase } from '../../scripts/system/prepare-database.ts';
import type { Comparison, Lesson } from './lesson.ts';
import { lostPayments } from './lost-payments.ts';
import { pausedTransaction } from './paused-transaction.ts';
import { scanOrIndex } from './scan-or-index.ts';
import { slowElsewhere } from './slow-elsewhere.ts';
import { anotherProcess, shortTransactions } from './till-ways.ts';

const HELP = `npm run lessons [-- OPTIONS]

Tells the six lessons of the first service in figures of this machine: each step's wrong way and its right way, one after the other,
against a real MySQL with full durability. What the ratio says holds elsewhere; the figures are this machine's.

  --only N      one step alone, 1 to 6
  --seconds N   how long each way is measured (default 4)
  --json        print the result as JSON
  --help        this text

Exit codes: 0 measured, 2 it could not run.`;

const LESSONS: readonly Lesson[] = [
  scanOrIndex,
  lostPayments,
  pausedTransaction,
  shortTransactions,
  anotherProcess,
  slowElsewhere,
];

try {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else await tell(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function tell({
  only,
  seconds,
  json,
}: {
  only?: string;
  seconds: string;
  json: boolean;
}): Promise<void> {
  const ms = Number(seconds) * 1_000;
  if (!(ms > 0)) throw new Error('--seconds is a number above zero.');
  const chosen = LESSONS.filter(({ step }) => only === undefined || String(step) === only);
  if (chosen.length === 0) throw new Error('--only is a step, 1 to 6.');
  const results: (Omit<Lesson, 'measure'> & { comparisons: Comparison[] })[] = [];
  for (const lesson of chosen) {
    const { measure, ...named } = lesson;
    const result = { ...named, comparisons: await onGround(lesson, ms) };
    results.push(result);
    if (!json) console.log(textOf(result));
  }
  const loadAverage = loadavg()[0] ?? Number.NaN;
  console.log(
    json ? JSON.stringify({ results, loadAverage }, null, 2) : `machine load ${loadAverage.toFixed(1)}`,
  );
}

/** Each lesson has a database of its own. */
async function onGround(lesson: Lesson, ms: number): Promise<Comparison[]> {
  const { addresses, stop } = await startStack({ instance: 'bench', parts: ['mysql'] });
  const database = await prepareDatabase({
    serverUrl: addresses.databaseUrl,
    name: `jangbu_lesson_${process.pid}`,
    passwords: { runtime: 'lesson', replication: 'lesson' },
  });
  const admin = openDatabase({ url: database.adminUrl, poolSize: 40 });
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-lessons-'));
  try {
    await admin.raw(
      `CREATE TABLE lesson_payments (
         payment_key CHAR(36) NOT NULL PRIMARY KEY, amount BIGINT NOT NULL, paid_at DATETIME(6) NOT NULL,
         is_settled BOOLEAN NOT NULL DEFAULT FALSE)`,
    );
    return await lesson.measure({ database, addresses, admin, ms, folder });
  } finally {
    await admin.destroy();
    await dropDatabase(database);
    rmSync(folder, { recursive: true });
    await stop();
  }
}

function textOf({
  step,
  wrongWay,
  rightWay,
  comparisons,
}: Omit<Lesson, 'measure'> & { comparisons: Comparison[] }) {
  const lines = comparisons.map(({ what, wrong, right, ratio }) =>
    [what.padEnd(72), wrong.padStart(18), right.padStart(30), ratio.padStart(9)].join('  ').trimEnd(),
  );
  return [`${step}  ${wrongWay} → ${rightWay}`, ...lines.map((line) => `   ${line}`), ''].join('\n');
}
