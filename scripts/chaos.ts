import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { muteKafkajsTimerWarning } from '@jangbu/relay';
import { startStack } from '@jangbu/stack';
import { FAULTS } from '../test/chaos/faults.ts';
import { isSound, type Row, randomFrom, wreak } from '../test/chaos/wreak.ts';

const HELP = `npm run chaos [-- OPTIONS]

Writes payments to the outbox while relays are killed, servers go down, and everything comes twice; then counts what was lost and
what was doubled. Real processes on a stack of its own, each fault on a database and topics of its own.

  --seconds N   how long each fault lasts (default 20)
  --rate N      events a second (default 200)
  --only TEXT   only the faults whose name holds this text
  --list        name the faults, and do nothing
  --seed N      the same choices again (default: another each time)
  --json        print the result as JSON
  --help        this text

Exit codes: 0 nothing was lost, doubled or out of order, and verify is clean; 1 otherwise, or a fault was not survived in time;
2 it could not run.`;

muteKafkajsTimerWarning();
try {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      rate: { type: 'string', default: '200' },
      only: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else if (values.list) console.log(FAULTS.map(({ name }) => name).join('\n'));
  else process.exitCode = await chaos(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

interface Options {
  readonly seconds: string;
  readonly rate: string;
  readonly only: string;
  readonly seed: string;
  readonly json: boolean;
}

/** Servers are killed, and binlogs purged: what others use is no place for that. */
function assertServersAreOurs(): void {
  const given = ['DATABASE_URL', 'KAFKA_BROKERS', 'CONNECT_URL'].filter((name) => process.env[name]);
  if (given.length > 0)
    throw new Error(
      `Chaos breaks the servers it runs on, so it starts its own: unset ${given.join(' and ')}.`,
    );
}

async function chaos(options: Options): Promise<number> {
  const { json } = options;
  const { faults, seed, ...load } = readLoad(options);
  assertServersAreOurs();
  const stack = await startStack({ instance: 'chaos', parts: ['mysql', 'kafka', 'connect'] });
  const rows: Row[] = [];
  const unfinished: { fault: string; reason: string }[] = [];
  const say = json ? () => {} : (line: string) => console.log(line);
  try {
    say(`seed ${seed}\n${headings()}`);
    for (const fault of faults) {
      try {
        const row = await wreak(stack, fault, { ...load, random: randomFrom(seed) });
        rows.push(row);
        say(lineOf(row));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        unfinished.push({ fault: fault.name, reason });
        say(`${fault.name.padEnd(54)} ✗ ${reason}`);
      }
    }
  } finally {
    await stack.stop();
  }
  const loadAverage = loadavg()[0] ?? 0;
  say(`machine load ${loadAverage.toFixed(1)}`);
  if (json) console.log(JSON.stringify({ seed, rows, unfinished, loadAverage }, null, 2));
  return unfinished.length === 0 && rows.every(isSound) ? 0 : 1;
}

function readLoad({ seconds, rate, only, seed }: Options) {
  const [ms, perSecond, first] = [Number(seconds) * 1000, Number(rate), Number(seed)];
  if (!(ms > 0)) throw new Error('--seconds is a number above zero.');
  if (!(perSecond > 0)) throw new Error('--rate is a number above zero.');
  if (!Number.isSafeInteger(first)) throw new Error('--seed is a whole number.');
  const faults = FAULTS.filter(({ name }) => name.includes(only));
  if (faults.length > 0) return { faults, ms, perSecond, seed: first };
  throw new Error(`No fault holds "${only}"; there are: ${FAULTS.map(({ name }) => name).join('; ')}.`);
}

function headings(): string {
  const names = ['events', 'dropped', 'lost', 'doubled', 'disorder', 'settled', 'verify'];
  return `${'fault'.padEnd(54)} ${names.map((name) => name.padStart(8)).join(' ')}`;
}

function lineOf(row: Row): string {
  const cells = [
    row.events,
    row.duplicatesDropped,
    row.lost,
    row.doubled,
    row.outOfOrder,
    `${(row.settledAfterMs / 1000).toFixed(1)} s`,
    row.findings.length === 0 ? 'clean' : `${row.findings.length} ✗`,
  ];
  return `${row.fault.padEnd(54)} ${cells.map((cell) => String(cell).padStart(8)).join(' ')}`;
}
