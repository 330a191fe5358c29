import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectorName, deleteConnector } from '@jangbu/connect';
import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { choosePort, type Stack } from '@jangbu/stack';
import { type Service, spawnService, untilReady } from '../../scripts/system/service.ts';
import { planServices } from '../../scripts/system/services.ts';
import { createTestDatabase, type TestDatabase } from '../../scripts/testing/test-database.ts';
import { openTopics, type Topics } from '../support/topics.ts';

export type SourceName = 'kafka' | 'embedded';

/** What is not as usual about a relay. */
export interface UnusualRelay {
  readonly environment?: Readonly<Record<string, string>>;
  /** Another program. */
  readonly script?: string;
  /** Its log goes where no byte is taken. */
  readonly isDiskFull?: boolean;
}

const FULL_DISK = '/dev/full';

/** A machine that faults have made busy takes its time. */
const READY_TIMEOUT_MS = 90_000;

/** Servers, a database of its own, and as many relays as a fault asks for. */
export interface Place {
  readonly stack: Stack;
  readonly database: TestDatabase;
  readonly ledger: Ledger;
  readonly topics: Topics;
  readonly connector: string;
  /** Starts one more relay, and waits until it is ready. */
  startRelay(source?: SourceName, unusual?: UnusualRelay): Promise<Service>;
  /** The relays that run, the oldest first. */
  relays(): Service[];
  /** How many events all relays so far have dropped because they had been applied before. */
  duplicatesDropped(): number;
  /** @param keepLogs where something went wrong, the relays' logs stay for whoever wants to know why */
  end(options: { keepLogs: boolean }): Promise<void>;
}

export async function preparePlace(stack: Stack): Promise<Place> {
  const { databaseUrl, connectUrl = '', kafkaBrokers = '' } = stack.addresses;
  const database = await createTestDatabase({ serverUrl: databaseUrl, poolSize: 20 });
  const ledger = await createLedger({ knex: database.runtime, name: 'kimchi-mall' });
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-chaos-'));
  const topics = openTopics(kafkaBrokers, database.name);
  const connector = connectorName(database.name, database.name);
  const relays: { service: Service; logFile?: string }[] = [];

  async function startRelay(
    source: SourceName = 'kafka',
    { environment = {}, script, isDiskFull = false }: UnusualRelay = {},
  ): Promise<Service> {
    const port = await choosePort([]);
    const { relay: plan } = planServices({
      database,
      addresses: stack.addresses,
      source,
      ports: { api: 0, relay: port, sandbox: 0 },
      folder: join(folder, `relay-${relays.length}`),
      topicPrefix: database.name,
      logLevel: 'debug',
    });
    const service = spawnService({
      ...plan,
      script: script ?? plan.script,
      logFile: isDiskFull ? FULL_DISK : plan.logFile,
      env: { ...plan.env, ...environment },
    });
    relays.push({ service, ...(isDiskFull ? {} : { logFile: plan.logFile }) });
    if (environment['JANGBU_FAIL_POINT'] === undefined) await untilReady(service, plan, READY_TIMEOUT_MS);
    return service;
  }

  return {
    stack,
    database,
    ledger,
    topics,
    connector,
    startRelay,
    relays: () => relays.map(({ service }) => service).filter((service) => service.isRunning()),
    duplicatesDropped: () =>
      relays.reduce((sum, { logFile }) => sum + (logFile === undefined ? 0 : duplicatesIn(logFile)), 0),
    async end({ keepLogs }) {
      await Promise.all(relays.map(({ service }) => service.stop()));
      await deleteConnector(connectUrl, connector).catch(() => {});
      await topics.close().catch(() => {});
      await database.drop();
      if (!keepLogs) rmSync(folder, { recursive: true });
    },
  };
}

/** A relay that was killed can be asked no more; its log tells what each of its batches came to. */
function duplicatesIn(logFile: string): number {
  let sum = 0;
  for (const [, count] of readFileSync(logFile, 'utf8').matchAll(/"duplicates":(\d+)/g)) sum += Number(count);
  return sum;
}
