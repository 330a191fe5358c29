import type { Knex } from 'knex';

type SavepointName = 'jangbu_events' | 'jangbu_event';

/**
 * Runs work in the caller's transaction: when it fails, what it wrote is undone, and the transaction can go on. One inside another
 * needs another name. After a deadlock or a lost connection there is no savepoint any more, and no transaction; the first error is thrown.
 */
export async function withSavepoint<T>(trx: Knex, name: SavepointName, work: () => Promise<T>): Promise<T> {
  await trx.raw(`SAVEPOINT ${name}`);
  try {
    const result = await work();
    // Fails where the transaction was ended inside, as by a deadlock whose error was swallowed: what followed it would otherwise
    // be written without what came before.
    await trx.raw(`RELEASE SAVEPOINT ${name}`);
    return result;
  } catch (error) {
    await trx.raw(`ROLLBACK TO SAVEPOINT ${name}`).catch(() => {});
    throw error;
  }
}
