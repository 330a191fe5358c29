import type { Knex } from 'knex';

const NAME = 'jangbu_try';

/**
 * Runs work in the caller's transaction: when it fails, what it wrote is undone, and the transaction can go on. Not to be
 * nested. After a deadlock or a lost connection there is no savepoint any more, and no transaction; the first error is thrown.
 */
export async function withSavepoint<T>(trx: Knex, work: () => Promise<T>): Promise<T> {
  await trx.raw(`SAVEPOINT ${NAME}`);
  try {
    return await work();
  } catch (error) {
    await trx.raw(`ROLLBACK TO SAVEPOINT ${NAME}`).catch(() => {});
    throw error;
  }
}
