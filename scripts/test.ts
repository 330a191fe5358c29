import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium } from '@jangbu/stack';
import { type Report, type Tally, tallyOf } from './jest/report.ts';
import { type Outcome, type Run, runTwiceWhereItFails } from './jest/second-try.ts';

const HELP = `npm test [-- STAGE…]

Without a stage, all of them in order: check, unit, integration, browser.

  check         format and lint, the architecture's arrows, types
  unit          tests beside the code, nothing outside the process
  integration   against real MySQL, Kafka, Connect and Debezium, which it starts and ends itself
  browser       the shop in Chromium, before the whole system; skipped where no Chromium can be had, but in CI

What follows a stage is passed on to jest: npm test -- unit packages/relay`;

const root = resolve(import.meta.dirname, '..');
const STAGES = ['check', 'unit', 'integration', 'browser'] as const;
type Stage = (typeof STAGES)[number];

/** Whose imports are checked against the architecture's rules. */
const FOLDERS = ['packages', 'stack', 'connect', 'scripts', 'load', 'test'];

let running: ChildProcess | undefined;
let interruption: NodeJS.Signals | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

const [first, ...rest] = process.argv.slice(2);
if (first === '--help') {
  console.log(HELP);
} else if (first !== undefined && !isStage(first)) {
  console.error(`There is no stage ${first}.\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await runStages(first === undefined ? STAGES : [first], rest);
}

async function runStages(stages: readonly Stage[], jestArguments: readonly string[]): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    const startedAt = Date.now();
    const outcome = await runStage(stage, jestArguments);
    outcomes.push(outcome);
    console.log(`${stage}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    if (outcome.failed > 0) break;
  }
  // Plain lines that say how it went, whatever the runners printed above.
  for (const line of outcomes.flatMap(({ triedAgain }) => triedAgain)) console.log(line);
  const failed = sum(outcomes.map((outcome) => outcome.failed));
  console.log(`${sum(outcomes.map(({ passed }) => passed))} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function runStage(stage: Stage, jestArguments: readonly string[]): Promise<Outcome> {
  if (stage === 'check') return { ...(await check()), triedAgain: [] };
  return stage === 'browser' ? browser(jestArguments) : jest(stage, jestArguments);
}

async function check(): Promise<Tally> {
  const tools: readonly (readonly string[])[] = [
    ['biome', 'check', '.'],
    ['depcruise', '--config', '.dependency-cruiser.mjs', ...FOLDERS],
    ['tsc', '--noEmit', '--project', '.'],
    // What runs in the browser has the browser's types, and none of Node's.
    ['tsc', '--noEmit', '--project', 'packages/storefront/src/page'],
  ];
  let passed = 0;
  for (const [name = '', ...args] of tools)
    if ((await run(join(root, 'node_modules', '.bin', name), args)) === 0) passed++;
  return { passed, failed: tools.length - passed };
}

/** Where there is no Chromium to be had, a person is told so and goes on; a machine that nobody watches fails. */
async function browser(jestArguments: readonly string[]): Promise<Outcome> {
  try {
    await findChromium(console.error);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isWatched = (process.env.CI ?? '') === '';
    console.error(`\nbrowser ${isWatched ? 'SKIPPED' : 'FAILED'}, for want of a Chromium: ${reason}`);
    console.error('Name one with CHROMIUM_PATH, or install one.\n');
    return { passed: 0, failed: isWatched ? 0 : 1, triedAgain: [] };
  }
  return jest('browser', jestArguments);
}

/**
 * On a machine that others load as well, a wait for real servers can be in vain, so what fails is tried once more there. At home, and of what
 * was asked for by name, the first failure counts.
 */
async function jest(project: Exclude<Stage, 'check'>, jestArguments: readonly string[]): Promise<Outcome> {
  if (process.env.CI === 'true' && project !== 'unit' && jestArguments.length === 0) {
    // A test that gave up can leave a handle, and a single file has no process of its own to end.
    const again = (files: readonly string[]) => ['--forceExit', '--runInBand', '--runTestsByPath', ...files];
    return runTwiceWhereItFails((files) => runJest(project, files.length > 0 ? again(files) : []), root);
  }
  const { report, exitCode } = await runJest(project, jestArguments);
  return { ...tallyOf(report, exitCode), triedAgain: [] };
}

async function runJest(project: string, jestArguments: readonly string[]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-test-'));
  const file = join(folder, 'report.json');
  try {
    const exitCode = await run(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--selectProjects',
        project,
        '--json',
        `--outputFile=${file}`,
        ...jestArguments,
      ],
      // jest prints its JSON to standard output too; its report for people goes to standard error.
      ['inherit', 'ignore', 'inherit'],
    );
    return { report: readReport(file), exitCode };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Undefined where jest died before it wrote one. */
function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function run(
  command: string,
  args: readonly string[],
  stdio: ('inherit' | 'ignore')[] = ['inherit', 'inherit', 'inherit'],
): Promise<number> {
  running = spawn(command, args, { cwd: root, stdio });
  const [code] = await once(running, 'close').catch(() => [1]);
  if (interruption !== undefined) process.exit(128 + constants.signals[interruption]);
  return code ?? 1;
}

/** jest ends the servers that it has started; this process waits for that, and goes on with nothing else. */
function interrupt(signal: NodeJS.Signals): void {
  interruption = signal;
  running?.kill(signal);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function isStage(text: string): text is Stage {
  return (STAGES as readonly string[]).includes(text);
}
