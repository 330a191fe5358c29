import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers } from '../health.ts';
import type { NativeOptions } from '../native/native-platform.ts';
import { addressOf } from '../native/native-platform.ts';
import type { Part } from '../parts.ts';
import type { Platform } from '../platform.ts';
import { choosePort } from '../ports.ts';
import { readState, writeState } from '../state.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const PORT_VARIABLES: Readonly<Record<Part, string>> = {
  mysql: 'JANGBU_MYSQL_PORT',
  kafka: 'JANGBU_KAFKA_PORT',
  connect: 'JANGBU_CONNECT_PORT',
};

/** The servers of docker-compose.yml, through testcontainers; undefined where no engine answers. */
export async function dockerPlatform({
  instance,
  ports,
  report,
}: NativeOptions): Promise<Platform | undefined> {
  if (!mayHaveEngine() || process.env.JANGBU_PLATFORM === 'native') return undefined;
  // Its reaper would end the containers with this process; what is started here is ended by stop().
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { DockerComposeEnvironment, getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  const running = new Map<Part, { stop(): Promise<unknown> }>();
  const addresses: Partial<Record<Part, string>> = {};

  async function adopt(part: Part): Promise<boolean> {
    const before = readState(instance)[part];
    if (before === undefined) return false;
    addresses[part] = addressOf(part, before.port);
    return answers(part, addressOf(part, before.port));
  }

  return {
    name: 'docker',
    async start(parts) {
      const found = await Promise.all(parts.map(adopt));
      const started = parts.filter((_part, index) => found[index] === false);
      if (started.length === 0) return { addresses, started };
      const variables: Record<string, string> = {};
      for (const part of started) {
        const port = await choosePort([readState(instance)[part]?.port, ports[part]]);
        variables[PORT_VARIABLES[part]] = String(port);
        addresses[part] = addressOf(part, port);
        writeState(instance, { ...readState(instance), [part]: { port } });
      }
      report('Starting containers…');
      const environment = await new DockerComposeEnvironment(root, 'docker-compose.yml')
        .withProjectName(`jangbu-${instance}`)
        .withEnvironment(variables)
        .up([...started]);
      for (const part of started) running.set(part, environment);
      return { addresses, started };
    },
    async stop(parts) {
      const environments = new Set(parts.map((part) => running.get(part)));
      for (const environment of environments) await environment?.stop();
    },
    async kill(part) {
      const client = await getContainerRuntimeClient();
      const containers = await client.container.list();
      const container = containers.find(
        ({ Labels }) =>
          Labels['com.docker.compose.project'] === `jangbu-${instance}` &&
          Labels['com.docker.compose.service'] === part,
      );
      if (container !== undefined) await client.container.getById(container.Id).kill();
    },
  };
}

function mayHaveEngine(): boolean {
  return (
    process.env.DOCKER_HOST !== undefined ||
    existsSync('/var/run/docker.sock') ||
    existsSync(`${process.env.HOME}/.docker/run/docker.sock`)
  );
}
