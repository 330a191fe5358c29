import { PARTS, type Part } from './parts.ts';

interface Variable {
  readonly name: string;
  readonly example: string;
  isSound(value: string): boolean;
}

const isUrl = (value: string, ...protocols: string[]) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '';

const VARIABLES: Readonly<Record<Part, Variable>> = {
  mysql: {
    name: 'DATABASE_URL',
    example: 'mysql://root:password@host:3306',
    isSound: (value) => isUrl(value, 'mysql:'),
  },
  kafka: {
    name: 'KAFKA_BROKERS',
    example: 'host:9092 or host1:9092,host2:9092',
    isSound: (value) => value.split(',').every((broker) => /^[^\s:/,]+:\d{1,5}$/.test(broker.trim())),
  },
  connect: {
    name: 'CONNECT_URL',
    example: 'http://host:8083',
    isSound: (value) => isUrl(value, 'http:', 'https:'),
  },
};

/**
 * The parts whose addresses the environment gives; they are used as they are, and never started or stopped.
 * @throws Error for one that is no address, without repeating it, because it may hold a password
 */
export function partsElsewhere(
  env: Readonly<Record<string, string | undefined>>,
): Partial<Record<Part, string>> {
  const given: Partial<Record<Part, string>> = {};
  for (const part of PARTS) {
    const { name, example, isSound } = VARIABLES[part];
    const address = env[name];
    if (address === undefined || address === '') continue;
    if (!isSound(address)) throw new Error(`${name} must be such as ${example}.`);
    given[part] = address;
  }
  return given;
}

/** The ports that `npm start` prefers, each from the environment or its server's usual one. */
export function preferredPorts(
  instance: string,
  env: Readonly<Record<string, string | undefined>>,
): Partial<Record<Part, number>> {
  if (instance !== 'dev') return {};
  const port = (name: string, usual: number) => {
    const text = env[name];
    if (text === undefined || text === '') return usual;
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > 65_535)
      throw new Error(`${name} is a port from 1 to 65535, not ${text}`);
    return number;
  };
  return {
    mysql: port('JANGBU_MYSQL_PORT', 3306),
    kafka: port('JANGBU_KAFKA_PORT', 9092),
    connect: port('JANGBU_CONNECT_PORT', 8083),
  };
}
