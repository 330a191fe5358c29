import { join } from 'node:path';
import { connectorName } from '@jangbu/connect';
import type { StackAddresses } from '@jangbu/stack';
import { connectView } from './connect-view.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { ServiceOptions } from './service.ts';

export interface SystemPlan {
  readonly database: PreparedDatabase;
  readonly addresses: StackAddresses;
  readonly source: 'kafka' | 'embedded';
  readonly ports: { readonly api: number; readonly relay: number; readonly sandbox: number };
  /** Where logs and the sandbox's memory go. */
  readonly folder: string;
  readonly topicPrefix?: string;
  readonly logLevel?: string;
}

export type ServiceName = 'sandbox' | 'api' | 'relay';

/** What each of our processes is started with. */
export function planServices(plan: SystemPlan): Record<ServiceName, ServiceOptions> {
  const { database, addresses, source, ports, folder, topicPrefix = 'jangbu', logLevel = 'info' } = plan;
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const connect = connectView(addresses, database.replicationUrl);
  const viaKafka: Record<string, string> =
    source === 'embedded'
      ? {}
      : {
          KAFKA_BROKERS: addresses.kafkaBrokers ?? '',
          CONNECT_URL: addresses.connectUrl ?? '',
          CONNECT_KAFKA_BROKERS: connect.kafkaBrokers,
          REPLICATION_DATABASE_URL: connect.replicationUrl,
          TOPIC_PREFIX: topicPrefix,
          CONNECTOR_NAME: connectorName(database.name, topicPrefix),
        };
  const common = {
    JANGBU_MODE: 'sandbox',
    DATABASE_URL: database.runtimeUrl,
    LOG_LEVEL: logLevel,
    RELAY_SOURCE: source,
    ...viaKafka,
  };
  const sandboxUrl = local(ports.sandbox);
  const logOf = (name: string) => join(folder, `${name}.log`);
  return {
    sandbox: {
      name: 'sandbox',
      script: 'packages/sandbox/src/main.ts',
      env: { SANDBOX_PORT: String(ports.sandbox), SANDBOX_STATE_FILE: join(folder, 'sandbox-state.jsonl') },
      readyUrl: `${sandboxUrl}/sandbox/faults`,
      logFile: logOf('sandbox'),
    },
    api: {
      name: 'api',
      script: 'packages/api/src/main.ts',
      env: {
        ...common,
        PORT: String(ports.api),
        SANDBOX_URL: sandboxUrl,
        TOSS_BASE_URL: sandboxUrl,
        TOSS_SECRET_KEY: 'test_sk_jangbu_sandbox',
      },
      readyUrl: `${local(ports.api)}/health/ready`,
      logFile: logOf('api'),
    },
    relay: {
      name: 'relay',
      script: 'packages/relay/src/main.ts',
      env: { ...common, RELAY_PORT: String(ports.relay) },
      readyUrl: `${local(ports.relay)}/health/ready`,
      logFile: logOf('relay'),
    },
  };
}
