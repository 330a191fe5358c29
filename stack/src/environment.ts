import type { Part } from './parts.ts';

const VARIABLES: Readonly<Record<Part, string>> = {
  mysql: 'DATABASE_URL',
  kafka: 'KAFKA_BROKERS',
  connect: 'CONNECT_URL',
};

/** The parts whose addresses the environment gives; they are used as they are, and never started or stopped. */
export function partsElsewhere(
  env: Readonly<Record<string, string | undefined>>,
): Partial<Record<Part, string>> {
  const given = Object.entries(VARIABLES).flatMap(([part, name]) => {
    const address = env[name];
    return address === undefined || address === '' ? [] : [[part, address]];
  });
  return Object.fromEntries(given);
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
