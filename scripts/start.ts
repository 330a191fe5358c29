import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSampleData } from '@jangbu/api';
import { choosePort, instanceFolder, type Part, type Stack, startStack, usualInstance } from '@jangbu/stack';
import { endLeftovers, rememberRun } from './system/leftovers.ts';
import { prepareDatabase, withKnex } from './system/prepare-database.ts';
import { type Service, type ServiceOptions, spawnService, untilReady } from './system/service.ts';
import { planServices, type ServiceName } from './system/services.ts';

const HELP = `npm start [-- --embedded]

Runs the whole of Jangbu in sandbox mode: MySQL, Kafka, Connect with Debezium, the sandbox of the payment provider, the API
and the relay. Ctrl-C ends what it started; the data stays (npm run stack -- reset deletes it).

  --embedded   MySQL only: the relay reads the outbox from MySQL itself
  --help       this text

Ports: PORT (8081), JANGBU_MYSQL_PORT, JANGBU_KAFKA_PORT, JANGBU_CONNECT_PORT, JANGBU_RELAY_PORT, JANGBU_SANDBOX_PORT.
A port that is taken is replaced by a free one.`;

// Known on every machine that runs the sandbox, whose MySQL listens on the loopback interface only.
const SANDBOX_PASSWORDS = { runtime: 'sandbox', replication: 'sandbox' };
const FOLDER = instanceFolder(usualInstance());
/** Where the demo looks. */
const USUAL_API_PORT = 8081;
const ORDER: readonly ServiceName[] = ['sandbox', 'relay', 'api'];

const startedAt = Date.now();
const services = new Map<ServiceName, Service>();
let stack: Stack | undefined;
let isEnding = false;

try {
  const { values } = parseArgs({
    options: { embedded: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) console.log(HELP);
  else await start(values.embedded);
} catch (error) {
  if (!isEnding) console.error(error instanceof Error ? error.message : String(error));
  await end(1);
}

async function start(embedded: boolean): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  const wanted = {
    api: portFrom('PORT') ?? USUAL_API_PORT,
    relay: portFrom('JANGBU_RELAY_PORT') ?? 8082,
    sandbox: portFrom('JANGBU_SANDBOX_PORT') ?? 8090,
  };
  const parts: Part[] = embedded ? ['mysql'] : ['mysql', 'kafka', 'connect'];
  stack = await startStack({ instance: usualInstance(), parts, report: say });
  const leftovers = await endLeftovers(FOLDER);
  if (leftovers > 0) say(`Ended ${leftovers} processes that an earlier run left.`);

  const database = await prepareDatabase({
    serverUrl: stack.addresses.databaseUrl,
    name: 'jangbu',
    passwords: SANDBOX_PASSWORDS,
  });
  await withKnex(database.adminUrl, (knex) => loadSampleData(knex, new Date()));

  const ports = {
    api: await choosePort([wanted.api]),
    relay: await choosePort([wanted.relay]),
    sandbox: await choosePort([wanted.sandbox]),
  };
  const plans = planServices({
    database,
    addresses: stack.addresses,
    source: embedded ? 'embedded' : 'kafka',
    ports,
    folder: FOLDER,
  });
  for (const name of ORDER) spawn(name, plans[name]);
  await Promise.all(ORDER.map((name) => untilReady(serviceOf(name), plans[name], 90_000)));
  for (const name of ORDER) void keepRunning(name);
  announce(ports, database.adminUrl);

  /** A service that dies while the system runs is started again: that it may be killed at any time is the point. */
  async function keepRunning(name: ServiceName): Promise<void> {
    for (;;) {
      const how = await serviceOf(name).ended;
      if (isEnding) return;
      say(`${name} ended (${how}); starting it again. Its log: ${plans[name].logFile}`);
      await new Promise((wake) => setTimeout(wake, 500));
      if (isEnding) return;
      const service = spawn(name, plans[name]);
      await untilReady(service, plans[name]).catch((error: Error) => say(error.message));
    }
  }
}

function spawn(name: ServiceName, plan: ServiceOptions): Service {
  if (isEnding) throw new Error('It is ending.');
  const service = spawnService(plan);
  services.set(name, service);
  rememberRun(
    FOLDER,
    [...services.values()].map(({ pid }) => pid),
  );
  return service;
}

function announce(ports: { api: number; relay: number; sandbox: number }, adminUrl: string): void {
  const { addresses } = stack as Stack;
  const api = `http://127.0.0.1:${ports.api}`;
  const lines = [
    '',
    `Jangbu is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s, in sandbox mode.`,
    `  API       ${api}`,
    `  shop      ${api}/`,
    `  sandbox   http://127.0.0.1:${ports.sandbox}`,
    `  relay     http://127.0.0.1:${ports.relay}/health/ready`,
    `  MySQL     ${adminUrl}`,
    ...(addresses.kafkaBrokers === undefined
      ? []
      : [`  Kafka     ${addresses.kafkaBrokers}`, `  Connect   ${addresses.connectUrl}`]),
    `  logs      ${join(FOLDER, '*.log')}`,
    '',
    'Try, in another terminal:',
    `  npm run demo${ports.api === USUAL_API_PORT ? '' : ` -- --url ${api}`}`,
    `  curl ${api}/api/reports/trial-balance`,
    '  npx jangbu verify',
    '',
    'Ctrl-C ends it.',
  ];
  console.log(lines.join('\n'));
}

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  if (stack !== undefined) say('Ending…');
  await Promise.all([...services.values()].map((service) => service.stop()));
  await stack?.stop();
  process.exit(code);
}

function serviceOf(name: ServiceName): Service {
  const service = services.get(name);
  if (service === undefined) throw new Error(`${name} was not started.`);
  return service;
}

function portFrom(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${variable} is a port from 1 to 65535, not ${text}.`);
  return port;
}

function say(line: string): void {
  console.error(line);
}
