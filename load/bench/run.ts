import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createLedger, type Entry, type Ledger, openDatabase } from '@jangbu/ledger-core';
import { muteKafkajsTimerWarning } from '@jangbu/relay';
import { type Stack, startStack } from '@jangbu/stack';
import type { Knex } from 'knex';
import { dropDatabase, prepareDatabase } from '../../scripts/system/prepare-database.ts';
import { measureCommit, type Row } from './against.ts';
import { type Backlog, settleBacklog } from './backlog.ts';
import { measureCallers } from './callers.ts';
import { createNaiveLedger } from './naive-table.ts';
import { rebuildBooks } from './rebuild.ts';
import { settleSideBySide } from './side-by-side.ts';
import { soak } from './soak.ts';
import { settlements, transfers, type Workload } from './workloads.ts';

const HELP = `npm run bench [-- OPTIONS]

Measures posting against MySQL on this machine, with full durability, beside the naive way in the same run: one transaction an
entry, five statements. Ends with verify.

  --seconds N   how long each row is measured (default 5)
  --against C   measure commit C as well, right before, with its own code and schema
  --soak N      instead, post N entries, seal them and verify, and watch the time and the memory of this process
  --backlog N   instead, let one relay settle N payments that wait in the outbox: from MySQL itself, and from Kafka
  --partitions L  with --backlog: from Kafka only, once for each number of partitions of the list, such as 1,2,4,8
  --relays N    with --backlog: so many relays at once, each on a ledger and an outbox of its own, in a process of its own
  --rebuild N   instead, let jangbu replay build a fresh ledger from N payments in the outbox, and watch its memory
  --json        print the result as JSON
  --help        this text

Exit codes: 0 measured, 1 verify found something, 2 it could not run.`;

muteKafkajsTimerWarning();
try {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '5' },
      against: { type: 'string' },
      soak: { type: 'string' },
      backlog: { type: 'string' },
      partitions: { type: 'string' },
      relays: { type: 'string' },
      rebuild: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else if (values.backlog !== undefined)
    process.exitCode = await benchBacklog(Number(values.backlog), values);
  else if (values.rebuild !== undefined)
    process.exitCode = await benchRebuild(Number(values.rebuild), values.json);
  else process.exitCode = await bench(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

interface Options {
  readonly seconds: string;
  readonly json: boolean;
  readonly against?: string;
  readonly soak?: string;
}

async function bench({ seconds, json, against, soak: soakEntries }: Options): Promise<number> {
  const ms = Number(seconds) * 1000;
  if (!(ms > 0)) throw new Error('--seconds is a number above zero.');
  if (against !== undefined) process.stderr.write(`Measuring ${against} first…\n`);
  const earlier = against === undefined ? [] : measureCommit(against, seconds);
  const stack = await startStack({ instance: 'bench', parts: ['mysql'] });
  const database = await prepareDatabase({
    serverUrl: stack.addresses.databaseUrl,
    name: 'jangbu_bench',
    passwords: { runtime: 'bench', replication: 'bench' },
  });
  const admin = openDatabase({ url: database.adminUrl, poolSize: 40 });
  const runtime = openDatabase({ url: database.runtimeUrl, poolSize: 40 });
  try {
    if (soakEntries !== undefined) return await soakAndVerify(runtime, Number(soakEntries));
    const rows: Row[] = [];
    const isSound = await measureAll({ admin, runtime, ms }, (row) => {
      rows.push(row);
      if (!json)
        console.log(
          lineOf(
            row,
            rows[0],
            earlier.find(({ what }) => what === row.what),
          ),
        );
    });
    if (json) console.log(JSON.stringify({ rows, earlier, isSound, loadAverage: loadavg()[0] }, null, 2));
    else
      console.log(
        `verify ${isSound ? 'is clean' : 'FOUND SOMETHING'}; machine load ${loadavg()[0]?.toFixed(1)}`,
      );
    return isSound ? 0 : 1;
  } finally {
    await Promise.all([admin.destroy(), runtime.destroy()]);
    await dropDatabase(database);
    await stack.stop();
  }
}

interface BacklogChoice {
  readonly json: boolean;
  readonly partitions?: string;
  readonly relays?: string;
}

async function benchBacklog(settlements: number, choice: BacklogChoice): Promise<number> {
  if (!(settlements > 0)) throw new Error('--backlog is a number above zero.');
  const stack = await startStack({ instance: 'bench', parts: ['mysql', 'kafka', 'connect'] });
  try {
    const rows: Backlog[] = [];
    for (const { what, run } of backlogRuns(stack, settlements, choice)) {
      const several = await run();
      rows.push(...several);
      if (!choice.json) console.log(backlogLine(what, several));
    }
    const loadAverage = loadavg()[0] ?? 0;
    if (choice.json) console.log(JSON.stringify({ rows, loadAverage }, null, 2));
    else console.log(`machine load ${loadAverage.toFixed(1)}`);
    return rows.every(({ isSound }) => isSound) ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

interface BacklogRun {
  readonly what: string;
  run(): Promise<Backlog[]>;
}

function backlogRuns(stack: Stack, settlements: number, { partitions, relays }: BacklogChoice): BacklogRun[] {
  const sources = ['embedded', 'kafka'] as const;
  if (relays !== undefined) {
    const count = Number(relays);
    if (!Number.isInteger(count) || count < 1) throw new Error('--relays is a whole number above zero.');
    return sources.map((source) => ({
      what: `${source}, ${count} relays on ${count} ledgers`,
      run: () => settleSideBySide(source, settlements, count),
    }));
  }
  if (partitions !== undefined)
    return partitions
      .split(',')
      .map(Number)
      .map((count) => {
        if (!Number.isInteger(count) || count < 1) throw new Error('--partitions is a list such as 1,2,4,8.');
        return {
          what: `kafka, ${count} partitions`,
          run: async () => [await settleBacklog(stack, 'kafka', settlements, { partitions: count })],
        };
      });
  return sources.map((source) => ({
    what: source,
    run: async () => [await settleBacklog(stack, source, settlements)],
  }));
}

function backlogLine(what: string, rows: readonly Backlog[]): string {
  const perSecond = rows.reduce((sum, row) => sum + row.perSecond, 0);
  const transactions = rows.reduce((sum, row) => sum + row.transactions, 0);
  const settled = rows.reduce((sum, row) => sum + row.settlements, 0);
  return (
    `${what.padEnd(34)} ${Math.round(perSecond).toLocaleString('en').padStart(7)} settlements/s, ` +
    `${Math.round(settled / transactions)} in a transaction, verify ${rows.every(({ isSound }) => isSound) ? 'is clean' : 'FOUND SOMETHING'}`
  );
}

async function benchRebuild(events: number, json: boolean): Promise<number> {
  if (!(events > 0)) throw new Error('--rebuild is a number above zero.');
  const stack = await startStack({ instance: 'bench', parts: ['mysql'] });
  try {
    const row = await rebuildBooks(stack, events);
    const loadAverage = loadavg()[0] ?? 0;
    if (json) console.log(JSON.stringify({ ...row, loadAverage }, null, 2));
    else
      console.log(
        `${events.toLocaleString('en')} events replayed into a fresh ledger in ${row.seconds.toFixed(1)} s, ` +
          `${Math.round(events / row.seconds).toLocaleString('en')}/s, resident memory at most ${row.residentMb ?? 'unknown'} MB, ` +
          `verify ${row.isSound ? 'is clean' : 'FOUND SOMETHING'}; machine load ${loadAverage.toFixed(1)}`,
      );
    return row.isSound ? 0 : 1;
  } finally {
    await stack.stop();
  }
}

async function measureAll(
  { admin, runtime, ms }: { admin: Knex; runtime: Knex; ms: number },
  report: (row: Row) => void,
): Promise<boolean> {
  let run = 0;
  const fresh = (workload: (run: string) => Workload) => workload(`run-${process.pid}-${++run}`);

  const naiveWorkload = fresh(settlements);
  const naive = await createNaiveLedger(admin, naiveWorkload);
  const naively = async (index: number) => {
    await naive.post(naiveWorkload.entry(index));
    return 1;
  };
  report({ what: 'naive, 32 callers', ...(await measureCallers(32, ms, naively)) });

  const ledger = await createLedger({ knex: runtime, name: 'bench' });
  for (const [name, workload] of [
    ['settlements', settlements],
    ['transfers', transfers],
  ] as const) {
    await openAll(ledger, fresh(workload));
    for (const callers of [32, 256]) {
      const { entry } = fresh(workload);
      const measured = await measureCallers(callers, ms, (index) => postOne(ledger, entry(index)));
      report({ what: `${name}: post, ${callers} callers`, ...measured });
    }
    for (const inFlight of [1, 2, 3]) {
      const { entry } = fresh(workload);
      const measured = await measureCallers(inFlight, ms, (index) => postMany(ledger, entry, index, 500));
      report({ what: `${name}: postBatch of 500, ${inFlight} in flight`, ...measured });
    }
  }
  return (await ledger.verify()).ok;
}

async function soakAndVerify(runtime: Knex, entries: number): Promise<number> {
  if (!(entries > 0)) throw new Error('--soak is a number above zero.');
  const ledger = await createLedger({ knex: runtime, name: 'bench' });
  const workload = settlements('soak');
  await openAll(ledger, workload);
  await soak(ledger, workload, entries, (line) => console.log(line));
  const sealed = await timed(() => ledger.seal({ olderThanMs: 0 }));
  console.log(`${sealed.result.entries.toLocaleString('en')} entries sealed in ${sealed.seconds}`);
  const { result, seconds } = await timed(() => ledger.verify());
  console.log(
    `verify ${result.ok ? 'is clean' : 'FOUND SOMETHING'}: ${result.checked.lines.toLocaleString('en')} lines in ${seconds}, ` +
      `resident memory at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; machine load ${loadavg()[0]?.toFixed(1)}`,
  );
  return result.ok ? 0 : 1;
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: string }> {
  const from = performance.now();
  const result = await work();
  return { result, seconds: `${((performance.now() - from) / 1000).toFixed(1)} s` };
}

async function openAll(ledger: Ledger, { accounts }: Workload): Promise<void> {
  for (let from = 0; from < accounts.length; from += 500) {
    await ledger.openAccounts(accounts.slice(from, from + 500));
  }
}

async function postOne(ledger: Ledger, entry: Entry): Promise<number> {
  await ledger.post(entry);
  return 1;
}

async function postMany(
  ledger: Ledger,
  entry: (index: number) => Entry,
  batch: number,
  size: number,
): Promise<number> {
  const entries = Array.from({ length: size }, (_, index) => entry(batch * size + index));
  const outcomes = await ledger.postBatch(entries);
  const refused = outcomes.find(({ status }) => status !== 'posted');
  if (refused?.status === 'rejected') throw refused.error;
  return outcomes.length;
}

function lineOf({ what, perSecond, p50Ms, p99Ms }: Row, first?: Row, earlier?: Row): string {
  const ratio = first === undefined ? 1 : perSecond / first.perSecond;
  const cells = [
    what.padEnd(46),
    `${Math.round(perSecond).toLocaleString('en')}/s`.padStart(9),
    `${ratio.toFixed(1)} ×`.padStart(8),
    `p50 ${p50Ms.toFixed(1)} ms`.padStart(14),
    `p99 ${p99Ms.toFixed(1)} ms`.padStart(14),
    ...(earlier === undefined ? [] : [`before ${Math.round(earlier.perSecond).toLocaleString('en')}/s`]),
  ];
  return cells.join('  ');
}
