import { loadavg } from 'node:os';
import { checkShop } from '@jangbu/api';
import { createLedger, type Ledger, openDatabase, type SettlementDelay } from '@jangbu/ledger-core';
import { findDatabaseUrl } from '@jangbu/stack';
import { type LoadReport, runArtillery } from './src/artillery.ts';
import { difference, type Figures, readFigures, untilSettled } from './src/books.ts';
import { type Engine, HELP, type LoadOptions, readOptions } from './src/options.ts';
import { proveReplay, type ReplayProof } from './src/prove-replay.ts';
import { type ApiTimes, readBuckets, timesBetween } from './src/times-at-the-api.ts';

/** What the seed's flow costs: kimchi 1, 2 and 3. */
const FLOW_AMOUNT = 38_000n;
const SETTLE_TIMEOUT_MS = 60_000;

interface Result extends LoadReport {
  readonly rate: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly engine: Engine;
  /** From the API's own figures; Artillery's hold its own waiting for a core as well. */
  readonly atTheApi: ApiTimes | null;
  readonly settledAfterMs: number;
  readonly settlementDelay: SettlementDelay | null;
  readonly moved: Readonly<Record<'received' | 'wallets' | 'fees' | 'vat', string>>;
  readonly replay: ReplayProof | null;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly loadAverage: number;
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) console.log(HELP);
  else process.exitCode = await load(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function load(options: LoadOptions): Promise<number> {
  await assertUp(options.url);
  const databaseUrl = await findDatabaseUrl();
  const knex = openDatabase({ url: databaseUrl, poolSize: 2 });
  try {
    const name = process.env.LEDGER_NAME || 'kimchi-mall';
    const ledger = await createLedger({ knex, name, mustExist: true });
    const run = await measure(ledger, options);
    const result = options.proveReplay ? withReplay(run, await proveReplay(name, databaseUrl)) : run;
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else console.log(table(result).join('\n'));
    return Object.values(result.checks).every(Boolean) ? 0 : 1;
  } finally {
    await knex.destroy();
  }
}

function withReplay(result: Result, replay: ReplayProof): Result {
  const checks = { ...result.checks, 'a replay gives the same books': replay.differences === 0 };
  return { ...result, replay, checks };
}

async function measure(ledger: Ledger, options: LoadOptions): Promise<Result> {
  await warmUp(options);
  await untilSettled(ledger, SETTLE_TIMEOUT_MS);
  const before = await readFigures(ledger);
  process.stderr.write(`${options.rate} flows a second for ${options.seconds} s…\n`);
  const bucketsBefore = await readBuckets(options.url);
  const report = await runArtillery(options);
  const atTheApi = timesBetween(bucketsBefore, await readBuckets(options.url)) ?? null;
  const settledAfterMs = await untilSettled(ledger, SETTLE_TIMEOUT_MS);
  const moved = difference(before, await readFigures(ledger));
  const { received, wallets, fees, vat } = moved;
  return {
    ...options,
    ...report,
    atTheApi,
    settledAfterMs,
    settlementDelay: (await ledger.settlementDelay(before.outboxSeq + 1n)) ?? null,
    moved: { received: `${received}`, wallets: `${wallets}`, fees: `${fees}`, vat: `${vat}` },
    replay: null,
    checks: await check(ledger, report, moved),
    loadAverage: loadavg()[0] ?? Number.NaN,
  };
}

/** Servers that have just started compile for seconds what a crowd asks of them: the rate rises until they have. */
async function warmUp({ warmUpSeconds: seconds, ...options }: LoadOptions): Promise<void> {
  if (seconds === 0) return;
  process.stderr.write(`Warming up for ${seconds} s…\n`);
  await runArtillery({ ...options, seconds, fromRate: 1 });
}

async function check(ledger: Ledger, report: LoadReport, moved: Figures): Promise<Record<string, boolean>> {
  const { totals } = await ledger.trialBalance();
  const verification = await ledger.verify({ lagAllowanceMs: 0, further: [checkShop] });
  return {
    'no errors': report.failed === 0 && Object.keys(report.responses).join() === '200',
    'every confirmed flow was received': areReceived(report, moved),
    'wallets are what was paid less fees and VAT': moved.wallets === moved.received - moved.fees - moved.vat,
    'trial balance proves itself': totals.every(({ debit, credit }) => debit === credit),
    'verify is clean': verification.ok,
  };
}

/** A flow that failed for the generator, as by a time-out, may have been confirmed all the same. */
function areReceived({ flows, failed }: LoadReport, { received }: Figures): boolean {
  const amountOf = (count: number) => BigInt(count) * FLOW_AMOUNT;
  return amountOf(flows) <= received && received <= amountOf(flows + failed);
}

function table(result: Result): string[] {
  const { settlementDelay: delay, moved, replay, atTheApi } = result;
  const won = (text: string) => `${BigInt(text).toLocaleString('en')} KRW`;
  const rows: [string, string][] = [
    ['flows', `${result.flows} of ${result.rate * result.seconds}, ${result.rate}/s for ${result.seconds} s`],
    ['sent by', `Artillery, its ${result.engine} engine, after a warm-up of ${result.warmUpSeconds} s`],
    ['responses', counts(result.responses)],
    ['errors', counts(result.errors) || 'none'],
    [
      'response time',
      `p50 ${result.p50Ms} ms, p95 ${result.p95Ms} ms, p99 ${result.p99Ms} ms, max ${result.maxMs} ms`,
    ],
    [
      'at the API',
      atTheApi === null
        ? '-'
        : `p50 ${atTheApi.p50Ms} ms, p95 ${atTheApi.p95Ms} ms, p99 ${atTheApi.p99Ms} ms, by its own figures`,
    ],
    ['settled', `${result.settledAfterMs} ms after the last response`],
    [
      'settlement delay',
      delay === null
        ? '-'
        : `p50 ${delay.p50Ms.toFixed(0)} ms, p95 ${delay.p95Ms.toFixed(0)} ms, p99 ${delay.p99Ms.toFixed(0)} ms`,
    ],
    ['received', won(moved.received)],
    ['wallets', won(moved.wallets)],
    ['fees and VAT', `${won(moved.fees)} and ${won(moved.vat)}`],
    ...(replay === null ? [] : [replayRow(replay)]),
    ['machine load', `${result.loadAverage.toFixed(1)} (1 min average)`],
    ...Object.entries(result.checks).map(([name, holds]): [string, string] => [name, holds ? 'yes' : 'NO']),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function replayRow({ ledger, events, seconds, differences }: ReplayProof): [string, string] {
  const rate = Math.round(events / seconds).toLocaleString('en');
  return [
    'replay',
    `${events.toLocaleString('en')} events into ${ledger} in ${seconds.toFixed(1)} s, ${rate}/s; differences: ${differences || 'none'}`,
  ];
}

function counts(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ');
}

async function assertUp(url: string): Promise<void> {
  const isUp = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isUp) throw new Error(`No Jangbu answers at ${url}. Start it in another terminal: npm start`);
}
