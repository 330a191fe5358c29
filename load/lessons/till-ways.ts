import { createLedger } from '@jangbu/ledger-core';
import { waitFor } from '../../scripts/testing/wait-for.ts';
import { arrive, ask } from './arrivals.ts';
import { type Ground, type Lesson, milliseconds, times } from './lesson.ts';
import { openProcesses, type Processes } from './processes.ts';

const SHORT_RATE = 250;
const RATE = 600;

/** Step 4: settlement after the commit, on an event in the same process, and no longer in the payment's transaction. */
export const shortTransactions: Lesson = {
  step: 4,
  wrongWay: 'payment waits for its settlement',
  rightWay: 'settled on an event after the commit, in the process',
  measure: (ground) =>
    withProcesses(ground, async (processes) => {
      const wrong = await payAtTill(processes, 'one-transaction', SHORT_RATE, ground.ms);
      const right = await payAtTill(processes, 'in-process', SHORT_RATE, ground.ms);
      return [
        {
          what: `p99 of a payment, ${SHORT_RATE}/s`,
          wrong: milliseconds(wrong.p99Ms),
          right: milliseconds(right.p99Ms),
          ratio: times(wrong.p99Ms, right.p99Ms),
        },
      ];
    }),
};

/** Step 5: what settles in the process takes its connections, its memory and its time from those who pay. */
export const anotherProcess: Lesson = {
  step: 5,
  wrongWay: 'settled on an event in the process',
  rightWay: 'outbox, settled by another process',
  measure: (ground) =>
    withProcesses(ground, async (processes) => {
      const wrong = await payAtTill(processes, 'in-process', RATE, ground.ms);
      await processes.start('relay');
      const right = await payAtTill(processes, 'outbox', RATE, ground.ms);
      const settledAfterMs = await untilSettled(ground);
      return [
        {
          what: `p99 of a payment, ${RATE}/s`,
          wrong: milliseconds(wrong.p99Ms),
          right: milliseconds(right.p99Ms),
          ratio: times(wrong.p99Ms, right.p99Ms),
        },
        {
          what: 'paid and not yet settled at the end: lost if the process dies',
          wrong: String(Math.max(0, wrong.callCount - wrong.failedCount - wrong.settledCount)),
          right: `0 (all settled ${milliseconds(settledAfterMs)} later)`,
          ratio: '',
        },
      ];
    }),
};

async function withProcesses<T>(ground: Ground, work: (processes: Processes) => Promise<T>): Promise<T> {
  const processes = await openProcesses(ground);
  try {
    return await work(processes);
  } finally {
    await processes.end();
  }
}

async function payAtTill(processes: Processes, way: string, rate: number, ms: number) {
  const { url, service } = await processes.startTill(way);
  try {
    // Each till warms up before it is measured.
    await arrive(rate / 4, 500, () => ask(`${url}/pay`, {}));
    const before = await settledCountOf(url);
    const arrived = await arrive(rate, ms, () => ask(`${url}/pay`, {}));
    return { ...arrived, settledCount: (await settledCountOf(url)) - before };
  } finally {
    await service.stop();
  }
}

async function settledCountOf(url: string): Promise<number> {
  const response = await fetch(`${url}/ready`);
  return ((await response.json()) as { settledCount: number }).settledCount;
}

async function untilSettled({ admin }: Ground): Promise<number> {
  const ledger = await createLedger({ knex: admin, name: 'kimchi-mall' });
  const from = performance.now();
  await waitFor('every event to be settled', async () => (await ledger.lag()).events === 0, { everyMs: 10 });
  return performance.now() - from;
}
