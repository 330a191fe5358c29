import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../processes.ts';
import { jvmArguments, properties } from './jvm.ts';

export interface ConnectOptions {
  readonly java: string;
  readonly kafkaSoftware: string;
  readonly debezium: string;
  readonly folder: string;
  readonly port: number;
  readonly kafkaBrokers: string;
}

/** How to start one worker of Kafka Connect, distributed, as it is run in production. */
export function connectLaunch({
  java,
  kafkaSoftware,
  debezium,
  folder,
  port,
  kafkaBrokers,
}: ConnectOptions): Launch {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'worker.properties');
  writeFileSync(
    configuration,
    properties({
      ...SETTINGS,
      'bootstrap.servers': kafkaBrokers,
      listeners: `http://127.0.0.1:${port}`,
      'plugin.path': debezium,
    }),
  );
  const args = jvmArguments({
    mainClass: 'org.apache.kafka.connect.cli.ConnectDistributed',
    libs: join(kafkaSoftware, 'libs'),
    folder,
    heapMb: 512,
    arguments: [configuration],
  });
  return { command: java, args, cwd: folder, logFile: join(folder, 'log') };
}

const SETTINGS = {
  'group.id': 'jangbu-connect',
  'config.storage.topic': 'jangbu-connect-configs',
  'offset.storage.topic': 'jangbu-connect-offsets',
  'status.storage.topic': 'jangbu-connect-status',
  'config.storage.replication.factor': 1,
  'offset.storage.replication.factor': 1,
  'status.storage.replication.factor': 1,
  'offset.storage.partitions': 4,
  'status.storage.partitions': 1,
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'plugin.discovery': 'service_load',
  'connector.client.config.override.policy': 'All',
  'rest.advertised.host.name': '127.0.0.1',
  'offset.flush.interval.ms': 1000,
  'scheduled.rebalance.max.delay.ms': 0,
  'session.timeout.ms': 10000,
  'heartbeat.interval.ms': 3000,
};
