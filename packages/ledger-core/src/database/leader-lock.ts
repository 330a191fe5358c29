import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { asAnswered } from './insert-rows.ts';
import { isConnectionLoss } from './mysql-errors.ts';
import { unreachable } from './transaction.ts';

/** A named lock that one session of the whole MySQL server can hold; the server frees it when that session ends. */
export interface LeaderLock {
  /** Whether the session is alive, and so the lock still ours. */
  isHeld(): Promise<boolean>;
  /** Gives the lock back, and its connection to the pool. */
  release(): Promise<void>;
}

/**
 * Waits up to `waitMs` for the lock, on a connection that is kept for it.
 * @returns undefined when another holds it all that time
 */
export async function acquireLeaderLock(
  knex: Knex,
  name: string,
  waitMs: number,
): Promise<LeaderLock | undefined> {
  if (name.length > 64)
    throw new LedgerError('ledger_malformed', 'A lock has a name of up to 64 characters.', { name });
  const connection = await acquire(knex);
  const ask = async (sql: string, bindings: (string | number)[]) => {
    const [rows] = await asAnswered(knex.raw(sql, bindings)).connection(connection);
    return Number(rows[0]?.answer) === 1;
  };
  let isGivenBack = false;
  const giveBack = async () => {
    if (isGivenBack) return;
    isGivenBack = true;
    await knex.client.releaseConnection(connection);
  };
  try {
    const isOurs = await ask('SELECT GET_LOCK(?, ?) AS answer', [name, waitMs / 1000]);
    if (!isOurs) {
      await giveBack();
      return undefined;
    }
  } catch (error) {
    await giveBack();
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
  return {
    isHeld: async () =>
      !isGivenBack && ask('SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS answer', [name]).catch(() => false),
    release: async () => {
      if (isGivenBack) return;
      await ask('SELECT RELEASE_LOCK(?) AS answer', [name]).catch(() => false);
      await giveBack();
    },
  };
}

async function acquire(knex: Knex): Promise<unknown> {
  try {
    return await knex.client.acquireConnection();
  } catch (error) {
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
}
