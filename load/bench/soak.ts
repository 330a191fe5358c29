import type { Ledger } from '@jangbu/ledger-core';
import type { Workload } from './workloads.ts';

const BATCH = 500;
const IN_FLIGHT = 2;
const REPORTS = 10;

/** Posts that many entries in batches, and reports the resident memory on the way: it should not grow with the entries. */
export async function soak(
  ledger: Ledger,
  { entry }: Workload,
  entries: number,
  report: (line: string) => void,
): Promise<void> {
  const batches = Math.ceil(entries / BATCH);
  const from = performance.now();
  let begun = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (begun < batches) {
      const batch = begun++;
      await ledger.postBatch(Array.from({ length: BATCH }, (_, index) => entry(batch * BATCH + index)));
      done++;
      if (done % Math.ceil(batches / REPORTS) === 0 || done === batches) {
        const perSecond = (done * BATCH) / ((performance.now() - from) / 1000);
        const rss = process.memoryUsage.rss() / 2 ** 20;
        report(
          `${(done * BATCH).toLocaleString('en').padStart(10)} entries  ${Math.round(perSecond).toLocaleString('en')}/s  ${rss.toFixed(0)} MB resident`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}
