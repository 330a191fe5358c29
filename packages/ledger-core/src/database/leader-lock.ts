import type { Knex } from 'knex';
import { LedgerError } from '../errors.ts';
import { asAnswered } from './insert-rows.ts';
import { isConnectionLoss } from './mysql-errors.ts';
import { seconds, waitTimeoutOf } from './open-database.ts';
import { unreachable } from './transaction.ts';

/** A named lock that one session of the whole MySQL server can hold; the server frees it when that session ends. */
export interface LeaderLock {
  /** Whether the session is alive, and so the lock still ours. */
  isHeld(): Promise<boolean>;
  /** Gives the lock back, and its connection to the pool. */
  release(): Promise<void>;
}

/** How a lock is held. */
export interface LeaderLockOptions {
  /**
   * The lock is lost when this process has not been heard of for so long, in ms, in whole seconds, because it hangs or cannot be reached. Default: when
   * its session ends, which MySQL may notice hours later.
   */
  readonly lostAfterMs?: number;
}

/** So often a holder is heard of in the time after which it is given up. */
const SIGNS = 4;

/**
 * Waits up to `waitMs` for the lock, on a connection that is kept for it.
 * @returns undefined when another holds it all that time
 */
export async function acquireLeaderLock(
  knex: Knex,
  name: string,
  waitMs: number,
  { lostAfterMs }: LeaderLockOptions = {},
): Promise<LeaderLock | undefined> {
  if (name.length > 64)
    throw new LedgerError('ledger_malformed', 'A lock has a name of up to 64 characters.', { name });
  const session = await openSession(knex, lostAfterMs);
  try {
    if (!(await session.ask('SELECT GET_LOCK(?, ?) AS answer', [name, waitMs / 1000]))) {
      await session.giveBack();
      return undefined;
    }
  } catch (error) {
    await session.giveBack();
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
  const isOurs = () =>
    session.ask('SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS answer', [name]).catch(() => false);
  const signs = lostAfterMs === undefined ? undefined : giveSigns(isOurs, lostAfterMs);
  return {
    isHeld: async () => !session.isGivenBack() && (signs === undefined ? isOurs() : signs.areHeard()),
    async release() {
      if (session.isGivenBack()) return;
      signs?.stop();
      // A session that does not answer any more is not waited for.
      if (signs !== undefined && !signs.areHeard()) return session.end();
      await session.ask('SELECT RELEASE_LOCK(?) AS answer', [name]).catch(() => false);
      await session.giveBack();
    },
  };
}

/** Has MySQL hear of this process in time, whatever the process waits for meanwhile. */
function giveSigns(isOurs: () => Promise<boolean>, lostAfterMs: number) {
  let heardAt = Date.now();
  let isLost = false;
  let isAsking = false;
  const timer = setInterval(async () => {
    if (isAsking) return;
    isAsking = true;
    const askedAt = Date.now();
    if (await isOurs()) heardAt = askedAt;
    else isLost = true;
    isAsking = false;
  }, lostAfterMs / SIGNS);
  return {
    areHeard: () => !isLost && Date.now() - heardAt < lostAfterMs,
    stop: () => clearInterval(timer),
  };
}

/** A connection of the pool that lasts as long as the lock's holder wants, whatever the others of the pool do. */
async function openSession(knex: Knex, lostAfterMs: number | undefined) {
  const connection = await acquire(knex);
  const usual = waitTimeoutOf(knex);
  const own = lostAfterMs === undefined ? 'DEFAULT' : seconds(lostAfterMs);
  let isGivenBack = false;
  const ask = async (sql: string, bindings: (string | number)[]) => {
    const [rows] = await asAnswered(knex.raw(sql, bindings)).connection(connection);
    return Number(rows[0]?.answer) === 1;
  };
  const lasting = (waitTimeout: string) =>
    own === usual
      ? Promise.resolve()
      : knex.raw(`SET SESSION wait_timeout = ${waitTimeout}`).connection(connection);
  const giveBack = async () => {
    if (isGivenBack) return;
    isGivenBack = true;
    await Promise.resolve(lasting(usual)).catch(() => {});
    await knex.client.releaseConnection(connection);
  };
  const end = async () => {
    if (isGivenBack) return;
    isGivenBack = true;
    connection.destroy();
    await knex.client.releaseConnection(connection);
  };
  try {
    await lasting(own);
  } catch (error) {
    await giveBack();
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
  return { ask, giveBack, end, isGivenBack: () => isGivenBack };
}

async function acquire(knex: Knex): Promise<{ destroy(): void }> {
  try {
    return await knex.client.acquireConnection();
  } catch (error) {
    throw isConnectionLoss(error) ? unreachable(error) : error;
  }
}
