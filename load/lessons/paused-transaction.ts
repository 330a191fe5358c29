import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { measureCallers } from '../bench/callers.ts';
import { type Ground, type Lesson, perSecond, times } from './lesson.ts';

const CALLERS = 8;

/**
 * Step 3: a separate transaction for the settlement, begun while the payment's is still open, wants a row that the payment has locked:
 * it waits for somebody who waits for it, and MySQL cannot know. Nothing but the payment's commit frees the lock.
 */
export const pausedTransaction: Lesson = {
  step: 3,
  wrongWay: 'settlement in a transaction of its own, inside the open one',
  rightWay: 'after its commit',
  async measure(ground) {
    const inside = await pay(ground, 'inside');
    const after = await pay(ground, 'after');
    return [
      {
        what: `payments settled, ${CALLERS} callers`,
        wrong: perSecond(inside.perSecond),
        right: perSecond(after.perSecond),
        ratio: times(after.perSecond, inside.perSecond),
      },
      {
        what: 'rolled back after waiting 1 s for their own lock',
        wrong: String(inside.failedCount),
        right: String(after.failedCount),
        ratio: '',
      },
    ];
  },
};

async function pay({ admin, ms }: Ground, way: 'inside' | 'after') {
  let failedCount = 0;
  const measured = await measureCallers(CALLERS, ms, async () => {
    const paymentKey = v7();
    try {
      await admin.transaction(async (trx) => {
        await trx.raw(
          'INSERT INTO lesson_payments (payment_key, amount, paid_at) VALUES (?, 38000, NOW(6))',
          [paymentKey],
        );
        if (way === 'inside') await settle(admin, paymentKey);
      });
      if (way === 'after') await settle(admin, paymentKey);
      return 1;
    } catch {
      failedCount += 1;
      return 0;
    }
  });
  return { ...measured, failedCount };
}

/** Marks the payment as settled, on a connection of its own. */
async function settle(admin: Knex, paymentKey: string): Promise<void> {
  await admin.transaction(async (trx) => {
    await trx.raw('SET SESSION innodb_lock_wait_timeout = 1');
    // Locks the row, or the place where it will be, as Spring's nested transaction did.
    await trx.raw('SELECT payment_key FROM lesson_payments WHERE payment_key = ? FOR UPDATE', [paymentKey]);
    await trx.raw('UPDATE lesson_payments SET is_settled = TRUE WHERE payment_key = ?', [paymentKey]);
  });
}
