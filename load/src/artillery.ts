import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadOptions } from './options.ts';

const folder = resolve(import.meta.dirname, '..');

/** What Artillery saw. Times are in ms. */
export interface LoadReport {
  readonly flows: number;
  readonly failed: number;
  readonly responses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

interface ArtilleryReport {
  readonly aggregate: {
    readonly counters: Readonly<Record<string, number>>;
    readonly summaries: Readonly<
      Record<string, { min: number; max: number; p50: number; p95: number; p99: number }>
    >;
  };
}

export interface Run extends Pick<LoadOptions, 'rate' | 'seconds' | 'engine' | 'url'> {
  /** Flows a second at the beginning, where the rate is to rise evenly. */
  readonly fromRate?: number;
}

/** Runs the flow with Artillery, which has an install of its own so that the main install stays small. */
export async function runArtillery(options: Run): Promise<LoadReport> {
  await install();
  const results = join(folder, 'results');
  mkdirSync(results, { recursive: true });
  const output = join(results, 'report.json');
  const { engine, url } = options;
  const overrides = { config: { engine, engines: { [engine]: {} }, phases: [phaseOf(options)] } };
  await run(join(folder, 'node_modules', '.bin', 'artillery'), [
    'run',
    '--quiet',
    ...['--target', url],
    ...['--overrides', JSON.stringify(overrides)],
    ...['--output', output],
    join(folder, 'seed-flow.yml'),
  ]);
  return summarise(JSON.parse(readFileSync(output, 'utf8')));
}

/**
 * A ramp from a rate to the same rate is that rate. Artillery's constant rate waits for its next arrival in a busy loop, which takes from the
 * servers beside it whatever they leave of a core; a ramp waits by a timer, of whole milliseconds, and so cannot do more than one in each.
 */
function phaseOf({ rate, seconds, fromRate = rate }: Run) {
  const constant = { name: 'Constant Load', duration: seconds, arrivalRate: fromRate };
  return rate > 1_000 ? { ...constant, arrivalRate: rate } : { ...constant, rampTo: rate };
}

function summarise({ aggregate: { counters, summaries } }: ArtilleryReport): LoadReport {
  const counted = (prefix: string) =>
    Object.fromEntries(
      Object.entries(counters)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, count]) => [name.slice(prefix.length), count]),
    );
  const times = summaries['http.response_time'];
  return {
    flows: counters['vusers.completed'] ?? 0,
    failed: counters['vusers.failed'] ?? 0,
    responses: counted('http.codes.'),
    errors: counted('errors.'),
    p50Ms: times?.p50 ?? Number.NaN,
    p95Ms: times?.p95 ?? Number.NaN,
    p99Ms: times?.p99 ?? Number.NaN,
    maxMs: times?.max ?? Number.NaN,
  };
}

/** `npm ci`, only when the lock file differs from the one that was last installed. No browsers: the flow is plain HTTP. */
async function install(): Promise<void> {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const marker = join(folder, 'node_modules', '.jangbu-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  process.stderr.write('Installing Artillery (once)…\n');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, lock);
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? settle() : fail(new Error(`${command} ended with exit code ${code}.`)),
    );
  });
}
