import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { measureCallers } from '../bench/callers.ts';
import { type Ground, type Lesson, perSecond, times } from './lesson.ts';

const CALLERS = 16;
const ROWS = 5_000;

/** Step 1: the UPDATE after a payment looks for its row by a column; without an index it locks every row that it passes. */
export const scanOrIndex: Lesson = {
  step: 1,
  wrongWay: 'status UPDATE without an index',
  rightWay: 'with an index',
  async measure(ground) {
    const scan = await pay(ground, '');
    const index = await pay(ground, ', KEY (order_id)');
    return [
      {
        what: `payments of ${CALLERS} callers, over ${ROWS.toLocaleString('en')} rows`,
        wrong: perSecond(scan.perSecond),
        right: perSecond(index.perSecond),
        ratio: times(index.perSecond, scan.perSecond),
      },
      {
        what: 'of them rolled back: deadlock, or waited too long',
        wrong: share(scan),
        right: share(index),
        ratio: '',
      },
    ];
  },
};

async function pay({ admin, ms }: Ground, key: string) {
  await admin.raw('DROP TABLE IF EXISTS lesson_statuses');
  await admin.raw(
    `CREATE TABLE lesson_statuses (
       id BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT, order_id CHAR(36) NOT NULL, status VARCHAR(20) NOT NULL${key})`,
  );
  const rows = Array.from({ length: ROWS }, () => [v7(), 'done']);
  await admin.raw('INSERT INTO lesson_statuses (order_id, status) VALUES ?', [rows] as never);
  let failedCount = 0;
  const measured = await measureCallers(CALLERS, ms, async () => {
    try {
      // MySQL's own default of isolation, as the service had it.
      await admin.transaction((trx) => payOnce(trx, v7()), { isolationLevel: 'repeatable read' });
      return 1;
    } catch {
      failedCount += 1;
      return 0;
    }
  });
  return { ...measured, failedCount };
}

async function payOnce(trx: Knex, orderId: string): Promise<void> {
  await trx.raw("INSERT INTO lesson_statuses (order_id, status) VALUES (?, 'ready')", [orderId]);
  await trx.raw("UPDATE lesson_statuses SET status = 'done' WHERE order_id = ?", [orderId]);
}

function share({ failedCount, entries }: { failedCount: number; entries: number }): string {
  return `${((failedCount / Math.max(1, failedCount + entries)) * 100).toFixed(0)} %`;
}
