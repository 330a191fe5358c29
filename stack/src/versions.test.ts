import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { SEEN_BY_CONNECT } from './docker/docker-platform.ts';
import {
  CONNECT_SETTINGS,
  HEAP_MB,
  KAFKA_SETTINGS,
  MYSQL_SETTINGS,
  mysqlArguments,
  type Settings,
} from './settings.ts';
import { versions } from './versions.ts';

/** What differs from place to place, and so stands in docker-compose.yml alone. */
const PLACES = {
  mysql: ['--skip-name-resolve'],
  kafka: [
    'listeners',
    'advertised.listeners',
    'listener.security.protocol.map',
    'controller.quorum.voters',
    'log.dirs',
  ],
  connect: ['bootstrap.servers', 'listeners', 'rest.advertised.host.name', 'plugin.path'],
} as const;

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string | number>>;
}

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '..', '..', path), 'utf8');
const services: Readonly<Record<string, ComposeService>> = parse(read('docker-compose.yml'), {
  merge: true,
}).services;
const { mysql, kafka, connect } = services as Record<'mysql' | 'kafka' | 'connect', ComposeService>;

/** KAFKA_NODE_ID=1 as Kafka's image reads it: node.id=1. */
function propertiesIn({ environment }: ComposeService, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => name.startsWith(prefix) && name !== 'KAFKA_HEAP_OPTS')
      .map(([name, value]) => [name.slice(prefix.length).toLowerCase().replaceAll('_', '.'), String(value)]),
  );
}

function withPlaces(settings: Settings, places: readonly string[]): Record<string, unknown> {
  const texts = Object.entries(settings).map(([name, value]) => [name, String(value)]);
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(places.map((name) => [name, expect.any(String)])),
  };
}

function defaultOf(dockerfile: string, argument: string): string | undefined {
  return new RegExp(`^ARG ${argument}=(.*)$`, 'm').exec(read(dockerfile))?.[1];
}

describe('docker-compose.yml', () => {
  it('has the versions that are pinned', () => {
    expect(mysql.image).toBe(`mysql:${versions.mysql}`);
    expect(kafka.image).toBe(`apache/kafka:${versions.kafka}`);
  });

  it('tells MySQL, Kafka and Connect what they are told without Docker, and nothing else', () => {
    expect(mysql.command).toEqual([...mysqlArguments(MYSQL_SETTINGS), ...PLACES.mysql]);
    expect(propertiesIn(kafka, 'KAFKA_')).toEqual(withPlaces(KAFKA_SETTINGS, PLACES.kafka));
    expect(propertiesIn(connect, 'CONNECT_')).toEqual(withPlaces(CONNECT_SETTINGS, PLACES.connect));
  });

  it('gives the Java servers the memory that they have without Docker', () => {
    expect(kafka.environment['KAFKA_HEAP_OPTS']).toMatch(new RegExp(` -Xmx${HEAP_MB.kafka}m$`));
    expect(connect.environment['KAFKA_HEAP_OPTS']).toMatch(new RegExp(` -Xmx${HEAP_MB.connect}m$`));
  });

  it('calls MySQL and Kafka what the stack says that Connect calls them', () => {
    expect(services).toHaveProperty(SEEN_BY_CONNECT.mysql.split(':')[0] ?? '');
    expect(kafka.environment['KAFKA_ADVERTISED_LISTENERS']).toContain(`//${SEEN_BY_CONNECT.kafka},`);
    expect(connect.environment['CONNECT_BOOTSTRAP_SERVERS']).toBe(SEEN_BY_CONNECT.kafka);
  });
});

describe('the images', () => {
  it('hold the versions that are pinned', () => {
    const file = 'docker/connect.Dockerfile';
    expect(defaultOf(file, 'KAFKA_VERSION')).toBe(versions.kafka);
    expect(defaultOf(file, 'DEBEZIUM_VERSION')).toBe(versions.debezium);
    expect(defaultOf(file, 'DEBEZIUM_SHA256')).toBe(versions.sha256['debezium-connector-mysql']);
    expect(defaultOf(file, 'DEPENDENCY_PLUGIN_VERSION')).toBe(versions.mavenDependencyPlugin);
  });

  it('run the Node that is fetched for hosts with an older one', () => {
    const fetched = /^const FETCHED_NODE = '(.*)';$/m.exec(read('scripts/run.mjs'))?.[1];
    expect(defaultOf('docker/Dockerfile', 'NODE_VERSION')).toBe(fetched);
  });

  it('install what every workspace needs', () => {
    const lock = JSON.parse(read('package-lock.json')).packages;
    const workspaces = Object.keys(lock).filter((path) => path !== '' && !path.includes('node_modules/'));
    for (const path of workspaces)
      expect(read('docker/Dockerfile')).toContain(`\nCOPY ${path}/package.json ${path}/\n`);
  });
});
