import type { Knex } from 'knex';
import { LedgerError, type LedgerErrorCode } from '../errors.ts';
import { isConnectionLoss, isContention, isFull, isReadOnly } from './mysql-errors.ts';
import { isReadCommitted } from './open-database.ts';

/** How a transaction that loses to others is tried again. */
export interface RetryOptions {
  /** How often a transaction that lost to another is tried, the first time included. */
  attempts?: number;
  /** Passed in so that tests need not wait. */
  sleep?: (ms: number) => Promise<void>;
}

/**
 * Runs work in a READ COMMITTED transaction, and again from the start when it deadlocks or waits too long for a lock:
 * bounded, with full jitter, because two losers that wait equally long meet again.
 * @throws LedgerError `database_busy` when every attempt lost, `database_unreachable` when there is no connection,
 *   `database_read_only` when the server takes no writes, `database_full` when it has no room for them
 */
export async function inTransaction<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
  { attempts = 8, sleep = wait }: RetryOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await knex.transaction((trx) => leavingReadOnly(trx, work), isolationOf(knex));
    } catch (error) {
      if (!isContention(error)) throw named(error);
      if (attempt >= attempts) throw busy(error, attempts);
      await sleep(Math.random() * Math.min(500, 5 * 2 ** attempt));
    }
  }
}

/** Saying it costs a round trip, which is saved where it is said once a connection. */
function isolationOf(knex: Knex): Knex.TransactionConfig {
  return isReadCommitted(knex) ? {} : { isolationLevel: 'read committed' };
}

/**
 * Gives a connection that turned out to be read-only up for good, so that the next attempt opens one: after a failover the pool
 * would otherwise hand out connections to the old server for as long as they live.
 */
async function leavingReadOnly<T>(
  trx: Knex.Transaction,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  try {
    return await work(trx);
  } catch (error) {
    // The pool closes a connection that bears this mark instead of lending it again.
    if (isReadOnly(error)) (await trx.client.acquireConnection()).__knex__disposed = error;
    throw error;
  }
}

/** Runs work as {@link inTransaction} does, and undoes it: to tell what would come of it. */
export async function inTrial<T>(knex: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const enough = new Error('The trial is over.');
  try {
    await inTransaction(knex, async (trx) => {
      result = { value: await work(trx) };
      throw enough;
    });
  } catch (error) {
    if (error === enough && result !== undefined) return result.value;
    throw error;
  }
  throw enough;
}

/** Runs reads that all see the same instant of the database, whatever commits meanwhile. */
export async function inSnapshot<T>(knex: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  try {
    return await knex.transaction(work, { isolationLevel: 'repeatable read' });
  } catch (error) {
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
}

function busy(cause: unknown, attempts: number): LedgerError {
  return new LedgerError(
    'database_busy',
    `Gave up after ${attempts} deadlocks or lock waits; try again later.`,
    { attempts },
    { cause },
  );
}

/** What a caller is told of an error that another attempt at once would not mend. */
function named(error: unknown): unknown {
  if (isConnectionLoss(error)) return unreachable(error);
  if (isReadOnly(error)) {
    const message = 'MySQL takes no writes now, as after a failover; try again on the server that does.';
    return withoutStatement('database_read_only', message, error);
  }
  if (isFull(error)) {
    const message = 'MySQL has no room left, and wrote nothing; make room on its disk, then try again.';
    return withoutStatement('database_full', message, error);
  }
  return error;
}

/** The driver's own message holds the statement, and with it what was to be written. */
function withoutStatement(code: LedgerErrorCode, message: string, cause: unknown): LedgerError {
  return new LedgerError(code, message, { errno: (cause as { errno?: number }).errno }, { cause });
}

/** Wraps a driver's connection error, whose message may hold the user and host, in one that is safe to show. */
export function unreachable(cause: unknown): LedgerError {
  const { code } = (cause ?? {}) as { code?: string };
  return new LedgerError(
    'database_unreachable',
    'MySQL does not answer; nothing more is known about the last statement.',
    { reason: code ?? 'timeout' },
    { cause },
  );
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
