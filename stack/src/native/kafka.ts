import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../command.ts';
import { choosePort } from '../ports.ts';
import type { Launch } from '../processes.ts';
import { HEAP_MB, KAFKA_SETTINGS, type Settings } from '../settings.ts';
import { jvmArguments, properties } from './jvm.ts';

/** Formats the log folder where there is none, and says how to start the broker: one node, which is its own controller. */
export async function kafkaLaunch(
  software: string,
  java: string,
  folder: string,
  port: number,
): Promise<Launch> {
  mkdirSync(folder, { recursive: true });
  const logs = join(folder, 'data');
  const configuration = join(folder, 'server.properties');
  // Nobody outside this process talks to the controller, so any free port will do, another at each start.
  writeFileSync(configuration, properties({ ...settings(port, await choosePort([])), 'log.dirs': logs }));
  const jvm = (mainClass: string, heapMb: number, rest: string[]) =>
    jvmArguments({ mainClass, libs: join(software, 'libs'), folder, heapMb, arguments: rest });
  if (!existsSync(join(logs, 'meta.properties'))) {
    const clusterId = newClusterId();
    await mustRun(
      java,
      jvm('kafka.tools.StorageTool', 256, [
        'format',
        '--cluster-id',
        clusterId,
        '--config',
        configuration,
        '--ignore-formatted',
      ]),
    );
  }
  return {
    command: java,
    args: jvm('kafka.Kafka', HEAP_MB.kafka, [configuration]),
    cwd: folder,
    logFile: join(folder, 'log'),
  };
}

/** As Kafka makes its own: one that began with a dash would be read as another option. */
export function newClusterId(random: () => Buffer = () => randomBytes(16)): string {
  for (;;) {
    const id = random().toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}

function settings(port: number, controllerPort: number): Settings {
  return {
    ...KAFKA_SETTINGS,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  };
}
