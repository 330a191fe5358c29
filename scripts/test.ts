import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium } from '@jangbu/stack';

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

interface Tally {
  passed: number;
  failed: number;
}

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
  const total: Tally = { passed: 0, failed: 0 };
  for (const stage of stages) {
    const startedAt = Date.now();
    const tally = await runStage(stage, jestArguments);
    total.passed += tally.passed;
    total.failed += tally.failed;
    console.log(`${stage}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    if (tally.failed > 0) break;
  }
  // One plain line that says how it went, whatever the runners printed above.
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function runStage(stage: Stage, jestArguments: readonly string[]): Promise<Tally> {
  if (stage === 'check') return check();
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
async function browser(jestArguments: readonly string[]): Promise<Tally> {
  try {
    await findChromium(console.error);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isWatched = (process.env.CI ?? '') === '';
    console.error(`\nbrowser ${isWatched ? 'SKIPPED' : 'FAILED'}, for want of a Chromium: ${reason}`);
    console.error('Name one with CHROMIUM_PATH, or install one.\n');
    return { passed: 0, failed: isWatched ? 0 : 1 };
  }
  return jest('browser', jestArguments);
}

async function jest(project: Exclude<Stage, 'check'>, jestArguments: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-test-'));
  const report = join(folder, 'report.json');
  try {
    const code = await run(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--selectProjects',
        project,
        '--json',
        `--outputFile=${report}`,
        ...jestArguments,
      ],
      // jest prints its JSON to standard output too; its report for people goes to standard error.
      ['inherit', 'ignore', 'inherit'],
    );
    return readTally(report, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A suite that could not even load has no failed test in it, and jest's exit code says so. */
function readTally(report: string, code: number): Tally {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = Math.max(numFailedTests, numFailedTestSuites, code === 0 ? 0 : 1);
    return { passed: numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
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

function isStage(text: string): text is Stage {
  return (STAGES as readonly string[]).includes(text);
}
