import { isDueToValues, isOfDriver } from '../database/mysql-errors.ts';
import { isLedgerError, LedgerError, type LedgerErrorCode } from '../errors.ts';

/** Errors of the ledger that say nothing of an event: the same event may be applied later, or by another relay. */
const NOT_OF_AN_EVENT: ReadonlySet<LedgerErrorCode> = new Set([
  'database_busy',
  'database_unreachable',
  'database_read_only',
  'database_full',
  'migrations_missing',
  'consumer_fenced',
  'batch_out_of_place',
]);

/** Whether an error that broke a transaction is due to one of its events, so that it would break again. */
export function isOfAnEvent(error: unknown): boolean {
  if (isLedgerError(error)) return !NOT_OF_AN_EVENT.has(error.code);
  return isDueToValues(error) || !isOfDriver(error);
}

/** What stands beside the dead letter: without the statement, which knex puts into the message and which may hold much of the batch. */
export function toReason(error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  const { errno, sqlMessage, message = String(error) } = (error ?? {}) as DriverError;
  const why = errno === undefined ? message : `MySQL refuses what it writes: ${sqlMessage ?? ''} (${errno})`;
  return new LedgerError('event_unappliable', `The event cannot be applied: ${why}`, {}, { cause: error });
}

interface DriverError {
  errno?: number;
  sqlMessage?: string;
  message?: string;
}
