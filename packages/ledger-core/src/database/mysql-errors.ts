/** MySQL's error numbers, by name. Errors are told by number, never by their text. */
const NUMBERS = {
  accessDenied: 1045,
  unknownDatabase: 1049,
  duplicateKey: 1062,
  noSuchTable: 1146,
  lockWaitTimeout: 1205,
  deadlock: 1213,
  lockNowait: 3572,
} as const;

/** Codes that the driver gives when there is no connection, or no more. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'ER_SERVER_SHUTDOWN',
  'ER_QUERY_INTERRUPTED',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  'ER_CON_COUNT_ERROR',
]);

interface DriverError {
  errno?: number;
  code?: string;
  fatal?: boolean;
}

export function isMysqlError(error: unknown, name: keyof typeof NUMBERS): boolean {
  return (error as DriverError | null)?.errno === NUMBERS[name];
}

/** The transaction was rolled back, or a statement was, and doing it again may succeed. */
export function isContention(error: unknown): boolean {
  return isMysqlError(error, 'deadlock') || isMysqlError(error, 'lockWaitTimeout');
}

/** The connection could not be had or was lost; if it was lost in a commit, whether that commit happened is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  const { code, errno, fatal, name } = (error ?? {}) as DriverError & { name?: string };
  if (code !== undefined) return CONNECTION_CODES.has(code);
  // A command on a connection that has just been closed, such as a ROLLBACK, fails in the driver, which gives it neither.
  return name === 'KnexTimeoutError' || (fatal === true && errno === undefined);
}
