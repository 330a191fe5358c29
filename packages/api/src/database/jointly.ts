import { isConnectionLoss, isLedgerError } from '@jangbu/ledger-core';

interface Waiting<Item, Result> {
  readonly item: Item;
  settle(result: Result): void;
  fail(error: unknown): void;
}

/** Beyond these a batch gains little more, and its statements grow. */
const MOST_ITEMS = 50;

/**
 * Does for many requests at once what each would do alone: while one batch is on its way, whoever comes next waits in a queue, and all
 * of them make the next batch; the first takes along what came in the same turn of the event loop. So a crowd sends MySQL a statement
 * a batch, and waits for the disk once a batch; a request that comes alone waits for nobody. Where MySQL refuses a batch for what one
 * item holds, each is tried alone, so that it fails alone; where the connection was lost nothing is tried again, because nobody knows
 * what was done.
 * @param work gives a result for each item, in their order; all of it is done, or nothing
 */
export function jointly<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let isUnderWay = false;

  async function run(): Promise<void> {
    isUnderWay = true;
    await turnOfTheLoop();
    while (queue.length > 0) await runBatch(queue.splice(0, MOST_ITEMS));
    isUnderWay = false;
  }

  async function runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    let results: readonly Result[];
    try {
      results = await work(batch.map(({ item }) => item));
    } catch (error) {
      return runAlone(batch, error);
    }
    for (const [index, { settle }] of batch.entries()) settle(results[index] as Result);
  }

  async function runAlone(batch: readonly Waiting<Item, Result>[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isOutcomeUnknown(error)) {
      for (const waiting of batch) await runBatch([waiting]);
      return;
    }
    for (const { fail } of batch) fail(error);
  }

  return (item) =>
    new Promise<Result>((settle, fail) => {
      queue.push({ item, settle, fail });
      if (!isUnderWay) void run();
    });
}

/** Requests that came together are read one after another in one turn: after it all of them stand in the queue. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isOutcomeUnknown(error: unknown): boolean {
  return isConnectionLoss(error) || (isLedgerError(error) && error.code === 'database_unreachable');
}
