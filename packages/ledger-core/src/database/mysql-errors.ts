/** MySQL's error numbers, by name. Errors are told by number, never by their text. */
const NUMBERS = {
  accessDenied: 1045,
  unknownDatabase: 1049,
  duplicateKey: 1062,
  noSuchTable: 1146,
  lockWaitTimeout: 1205,
  deadlock: 1213,
  lockNowait: 3572,
  packetTooLarge: 1153,
  columnTruncated: 1265,
  valueIncorrect: 1366,
  valueOutOfRange: 1690,
  checkViolated: 3819,
} as const;

/** A server that takes reads only, such as the old one after a failover, or a session that was made so. */
const READ_ONLY: ReadonlySet<number> = new Set([1290, 1792, 1836]);

/** The disk, or the tablespace, has no room for what was to be written. */
const FULL: ReadonlySet<number> = new Set([1021, 1114]);

/** SQLSTATE classes that speak of the values: data exceptions, broken constraints, and what a trigger refuses. */
const CLASSES_OF_VALUES: ReadonlySet<string> = new Set(['22', '23', '45']);
/** Errors of values to which MySQL gives the SQLSTATE of no class in particular. */
const NUMBERS_OF_VALUES = ['packetTooLarge', 'columnTruncated', 'valueIncorrect', 'checkViolated'] as const;

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
  sqlState?: string;
}

/** Whether MySQL refused with this error, by its number. */
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

/** The server takes no writes now; another connection may reach one that does. */
export function isReadOnly(error: unknown): boolean {
  return READ_ONLY.has((error as DriverError | null)?.errno ?? 0);
}

/** The server has no room for what was to be written; its statement was undone. */
export function isFull(error: unknown): boolean {
  return FULL.has((error as DriverError | null)?.errno ?? 0);
}

/**
 * Whether the error is due to what was to be written, so that writing it again would fail again. Any other error of MySQL's
 * (a full disk, a missing grant, a missing table) is due to the server, and says nothing of the values.
 */
export function isDueToValues(error: unknown): boolean {
  const { sqlState = '' } = (error ?? {}) as DriverError;
  return (
    CLASSES_OF_VALUES.has(sqlState.slice(0, 2)) || NUMBERS_OF_VALUES.some((name) => isMysqlError(error, name))
  );
}

/** Whether MySQL or its driver gave the error, and not code of ours or of a handler's. */
export function isOfDriver(error: unknown): boolean {
  const { errno, code } = (error ?? {}) as DriverError;
  return errno !== undefined || code !== undefined || isConnectionLoss(error);
}
