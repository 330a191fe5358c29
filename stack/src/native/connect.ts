import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../processes.ts';
import { CONNECT_SETTINGS, HEAP_MB } from '../settings.ts';
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
      ...CONNECT_SETTINGS,
      'bootstrap.servers': kafkaBrokers,
      listeners: `http://127.0.0.1:${port}`,
      'rest.advertised.host.name': '127.0.0.1',
      'plugin.path': debezium,
    }),
  );
  const args = jvmArguments({
    mainClass: 'org.apache.kafka.connect.cli.ConnectDistributed',
    libs: join(kafkaSoftware, 'libs'),
    folder,
    heapMb: HEAP_MB.connect,
    arguments: [configuration],
  });
  return { command: java, args, cwd: folder, logFile: join(folder, 'log') };
}
