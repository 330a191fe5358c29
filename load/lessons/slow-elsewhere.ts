import { loadSampleData } from '@jangbu/api';
import { arrive, ask, percentilesOf } from './arrivals.ts';
import { type Lesson, milliseconds, times } from './lesson.ts';
import { openProcesses, type Processes } from './processes.ts';

const CHECK_OUTS = 100;
const PRICES = 50;
const CHECK_OUT = { cartId: 1, kimchiIds: [1, 2, 3], buyerId: 1 };
/** Turns with the fault and without, so that what else the machine does falls on both. */
const TURNS = 2;

/** Step 6: the provider of prices hangs for 30 s, while a crowd compares prices and checks out. */
export const slowElsewhere: Lesson = {
  step: 6,
  wrongWay: 'price asked for on the way, without time-out and breaker',
  rightWay: 'time-out, breaker, older answers: the api itself',
  async measure(ground) {
    await loadSampleData(ground.admin, new Date());
    const processes = await openProcesses(ground);
    try {
      await processes.start('sandbox');
      const wrong = await measureTill(processes, ground.ms);
      const right = await measureApi(processes, ground.ms);
      return [
        {
          what: `p99 of check-out, ${CHECK_OUTS}/s, source well`,
          wrong: milliseconds(wrong.well),
          right: milliseconds(right.well),
          ratio: '',
        },
        {
          what: 'p99 of check-out, source hanging',
          wrong: `${milliseconds(wrong.hanging)} (given up)`,
          right: milliseconds(right.hanging),
          ratio: times(wrong.hanging, right.hanging),
        },
        {
          what: 'hanging against well, in the same run',
          wrong: times(wrong.hanging, wrong.well),
          right: times(right.hanging, right.well),
          ratio: '',
        },
      ];
    } finally {
      await processes.end();
    }
  },
};

async function measureTill(processes: Processes, ms: number) {
  const { url } = await processes.startTill('price-inline');
  const pay = () => ask(`${url}/pay`, {}, 2_000);
  await arrive(CHECK_OUTS / 4, 500, pay);
  const well = await arrive(CHECK_OUTS, ms, pay);
  await order(processes, true);
  const hanging = await arrive(CHECK_OUTS, ms, pay);
  await order(processes, false);
  return { well: well.p99Ms, hanging: hanging.p99Ms };
}

/** Each turn has an api of its own, because a breaker that has opened stays open for half a minute. */
async function measureApi(processes: Processes, ms: number) {
  const latencies = { well: [] as number[], hanging: [] as number[] };
  for (let turn = 0; turn < TURNS; turn++) {
    for (const source of ['well', 'hanging'] as const) {
      // Nothing is kept, so that the source is asked for every price.
      const api = await processes.start('api', { PRICE_FRESH_MS: '0' });
      await checkOutAndCompare(processes, 1_000, []);
      await order(processes, source === 'hanging');
      await checkOutAndCompare(processes, ms, latencies[source]);
      await order(processes, false);
      await api.stop();
    }
  }
  return { well: percentilesOf(latencies.well).p99Ms, hanging: percentilesOf(latencies.hanging).p99Ms };
}

/** A crowd that checks out, whose latencies are kept, and one that compares prices, who may wait. */
async function checkOutAndCompare({ apiUrl }: Processes, ms: number, latencies: number[]): Promise<void> {
  const checkOut = async () => {
    const from = performance.now();
    await ask(`${apiUrl}/api/check-out`, CHECK_OUT);
    latencies.push(performance.now() - from);
  };
  const compare = (index: number) => ask(`${apiUrl}/api/kimchi/${(index % 9) + 1}/lowest-price`, undefined);
  const [checkedOut] = await Promise.all([arrive(CHECK_OUTS, ms, checkOut), arrive(PRICES, ms, compare)]);
  if (checkedOut.failedCount > 0) throw new Error(`${checkedOut.failedCount} check-outs failed.`);
}

async function order({ sandboxUrl }: Processes, isHanging: boolean): Promise<void> {
  const body = JSON.stringify({ route: 'shop-search', latencyMs: 30_000, times: 'always' });
  await fetch(`${sandboxUrl}/sandbox/faults`, isHanging ? { method: 'POST', body } : { method: 'DELETE' });
}
