// Knex is CommonJS, and Node finds no named export in it.
import knexModule, { type Knex } from 'knex';

/** Where the database is, and how many connections to keep to it. */
export interface DatabaseOptions {
  /** `mysql://user:password@host:port/database` */
  url: string;
  /** How many connections at most. Default 10. */
  poolSize?: number;
  /** How long to wait for a free connection, in ms. Default 10,000. */
  acquireTimeoutMs?: number;
  /**
   * Lets a connection take several statements at once: an entry in a transaction of the caller's then takes two round trips
   * instead of three. Off by default, because it also lets an injection, if the caller's own SQL has one, add statements.
   */
  multipleStatements?: boolean;
  /**
   * MySQL gives up a connection from which it hears nothing for so long, in ms, in whole seconds, and undoes its transaction: what a process that
   * hangs had locked is free again. Nobody may think for longer between two statements. Default: MySQL's own `wait_timeout`.
   */
  lostAfterMs?: number;
}

/** A knex instance over mysql2, set up as the ledger likes it. Any other knex over mysql2 works as well. */
export function openDatabase({
  url,
  poolSize = 10,
  acquireTimeoutMs = 10_000,
  multipleStatements = false,
  lostAfterMs,
}: DatabaseOptions): Knex {
  const { hostname, port, username, password, pathname } = new URL(url);
  const knex = knexModule.knex({
    client: 'mysql2',
    connection: {
      host: hostname,
      port: port === '' ? 3306 : Number(port),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      ...(pathname.length > 1 ? { database: decodeURIComponent(pathname.slice(1)) } : {}),
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      connectTimeout: 5_000,
      enableKeepAlive: true,
      multipleStatements,
    },
    pool: { min: 0, max: poolSize, ...poolTimes(lostAfterMs), afterCreate: setUp(lostAfterMs) },
    acquireConnectionTimeout: acquireTimeoutMs,
    // Knex's own notes go to standard error in colours; the caller sees every error anyway.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
  readCommittedClients.add(knex.client);
  if (lostAfterMs !== undefined) waitTimeouts.set(knex.client, seconds(lostAfterMs));
  return knex;
}

/** A connection that nobody uses is closed here before MySQL gives it up. */
function poolTimes(lostAfterMs: number | undefined) {
  return lostAfterMs === undefined
    ? {}
    : { idleTimeoutMillis: lostAfterMs / 2, reapIntervalMillis: lostAfterMs / 6 };
}

const readCommittedClients = new WeakSet<object>();

/** Whether every connection is READ COMMITTED from its first statement on, so that a transaction need not say so. */
export function isReadCommitted({ client }: Knex): boolean {
  return readCommittedClients.has(client);
}

const waitTimeouts = new WeakMap<object, string>();

/** What every connection has for its `wait_timeout`, as SQL. */
export function waitTimeoutOf({ client }: Knex): string {
  return waitTimeouts.get(client) ?? 'DEFAULT';
}

/** A time as MySQL's `wait_timeout` takes it. */
export function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}

interface Connection {
  query(sql: string, done: (error: Error | null) => void): void;
}

function setUp(lostAfterMs: number | undefined) {
  const waitTimeout = lostAfterMs === undefined ? '' : `, SESSION wait_timeout = ${seconds(lostAfterMs)}`;
  return (connection: Connection, done: (error: Error | null, made: Connection) => void): void =>
    connection.query(`SET SESSION transaction_isolation = 'READ-COMMITTED'${waitTimeout}`, (error) =>
      done(error, connection),
    );
}
