import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSampleData, SHOP_MIGRATIONS, SHOP_PRIVILEGES } from '@jangbu/api';
import { connectorName, deleteConnector } from '@jangbu/connect';
import { createLedger, type Ledger } from '@jangbu/ledger-core';
import { choosePort, type Stack, startStack } from '@jangbu/stack';
import { type Service, spawnService, untilReady } from '../../scripts/system/service.ts';
import { planServices, type ServiceName, type SystemPlan } from '../../scripts/system/services.ts';
import { createTestDatabase, type TestDatabase } from '../../scripts/testing/test-database.ts';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { openTopics, type Topics } from './topics.ts';

/** The whole of Jangbu as its own processes, on a database and topics of its own. */
export interface System {
  readonly stack: Stack;
  readonly database: TestDatabase;
  readonly ledger: Ledger;
  readonly topics: Topics;
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  /** Starts a process that does not run, and waits until it is ready. Its log goes to `logFile`, if not where {@link log} reads it. */
  start(
    name: ServiceName,
    environment?: Readonly<Record<string, string>>,
    logFile?: string,
  ): Promise<Service>;
  /** Starts it without waiting. */
  spawn(name: ServiceName, environment?: Readonly<Record<string, string>>, logFile?: string): Service;
  untilReady(name: ServiceName): Promise<void>;
  /** The one that was started last. */
  service(name: ServiceName): Service;
  /** All that the process, and those before it, have written. */
  log(name: ServiceName): string;
  untilSettled(): Promise<void>;
  /** Ends every process and removes what the system made. */
  end(): Promise<void>;
}

export const SERVICES: readonly ServiceName[] = ['sandbox', 'relay', 'api'];

/** Prepares a system without starting its processes: on the test stack, unless another is given. */
export async function prepareSystem(given?: Stack, source: SystemPlan['source'] = 'kafka'): Promise<System> {
  const stack = given ?? (await startStack({ instance: 'test', parts: ['mysql', 'kafka', 'connect'] }));
  const { databaseUrl, kafkaBrokers = '', connectUrl = '' } = stack.addresses;
  const database = await createTestDatabase({
    groups: SHOP_MIGRATIONS,
    privileges: SHOP_PRIVILEGES,
    serverUrl: databaseUrl,
  });
  await loadSampleData(database.admin, new Date());
  const ledger = await createLedger({ knex: database.admin, name: 'kimchi-mall' });
  const folder = mkdtempSync(join(tmpdir(), 'jangbu-system-'));
  const [api, relay, sandbox] = await Promise.all([choosePort([]), choosePort([]), choosePort([])]);
  const plans = planServices({
    database,
    addresses: stack.addresses,
    source,
    ports: { api, relay, sandbox },
    folder,
    topicPrefix: database.name,
  });
  const topics = openTopics(kafkaBrokers, database.name);
  const services = new Map<ServiceName, Service>();

  const spawn: System['spawn'] = (name, environment = {}, logFile = plans[name].logFile) => {
    if (services.get(name)?.isRunning()) throw new Error(`${name} runs already.`);
    const plan = plans[name];
    const service = spawnService({ ...plan, logFile, env: { ...plan.env, ...QUICK, ...environment } });
    services.set(name, service);
    return service;
  };

  function service(name: ServiceName): Service {
    const known = services.get(name);
    if (known === undefined) throw new Error(`${name} was not started.`);
    return known;
  }

  return {
    stack,
    database,
    ledger,
    topics,
    apiUrl: `http://127.0.0.1:${api}`,
    sandboxUrl: `http://127.0.0.1:${sandbox}`,
    spawn,
    service,
    untilReady: (name) => untilReady(service(name), plans[name]),
    async start(name, environment, logFile) {
      const started = spawn(name, environment, logFile);
      await untilReady(started, plans[name]);
      return started;
    },
    log: (name) => readFileSync(plans[name].logFile, 'utf8'),
    async untilSettled() {
      await waitFor('every event to be settled', async () => (await ledger.lag()).events === 0);
    },
    async end() {
      await Promise.all([...services.values()].map((one) => one.stop()));
      // First the connector, which would read on as a user that is gone. What a test left down keeps nothing else from going.
      const removed = await inTurn([
        () => deleteConnector(connectUrl, connectorName(database.name, database.name)),
        () => topics.close(),
        () => database.drop(),
      ]);
      rmSync(folder, { recursive: true });
      const failed = removed.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

/** A system whose processes all run. */
export async function startSystem(): Promise<System> {
  const system = await prepareSystem();
  try {
    await Promise.all(SERVICES.map((name) => system.start(name)));
    return system;
  } catch (error) {
    await system.end();
    throw error;
  }
}

/** A payment that was left open is looked at again after a second, so that tests need not wait for long. */
const QUICK = { RECOVERY_AFTER_MS: '1000', RECOVERY_EVERY_MS: '100' };

async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<PromiseSettledResult<void>[]> {
  const results: PromiseSettledResult<void>[] = [];
  for (const step of steps) results.push(...(await Promise.allSettled([step()])));
  return results;
}
