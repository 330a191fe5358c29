import type { Part } from './take-round.ts';

interface Waiting<Item> {
  readonly item: Item;
  settle(): void;
  fail(error: unknown): void;
}

/** While one round is committed, the other's events are read and its entries are written: a third would only wait for locks. */
const LANES = 2;

/**
 * Does work on what waits, at once: while one round is on its way, what comes next waits for the next round. Where more waits than
 * one round takes, two are on their way, and none of them has an item in common. When a round fails, each of its items is tried
 * alone, so that each caller gets an answer of its own.
 * @param take what of each waiting item is done in the next round; something of one at least. Default: all of each
 * @param isMore whether what waits is more than a round takes. Default: never
 */
export function coalesce<Item>(
  work: (items: readonly Item[]) => Promise<void>,
  take: (items: readonly Item[]) => readonly Part<Item>[] = all,
  isMore: (items: readonly Item[]) => boolean = () => false,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let lanes = 0;
  let atWork = 0;

  async function run(): Promise<void> {
    lanes++;
    // What was delivered in one turn of the event loop belongs together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const round = nextRound();
      atWork++;
      await doRound(work, round);
      atWork--;
    }
    lanes--;
  }

  /** What is not taken, or not wholly, goes on waiting; of an item that fails nothing more is done. */
  function nextRound(): Waiting<Item>[] {
    const others = leaveOthers();
    const parts = take(waiting.map(({ item }) => item));
    const left: Waiting<Item>[] = [];
    const round: Waiting<Item>[] = [];
    for (const [index, one] of waiting.entries()) {
      const { now, rest } = parts[index] ?? { now: one.item, rest: undefined };
      if (now === undefined) left.push(one);
      else if (rest === undefined) round.push({ ...one, item: now });
      else round.push({ ...one, item: now, settle: () => waiting.unshift({ ...one, item: rest }) });
    }
    waiting = [...others, ...left];
    return round;
  }

  /** Half of a backlog is for the other lane, which has nothing to do yet. */
  function leaveOthers(): Waiting<Item>[] {
    if (atWork > 0 || !isBacklog()) return [];
    if (lanes < LANES) void run();
    return waiting.splice(Math.ceil(waiting.length / 2));
  }

  function isBacklog(): boolean {
    return waiting.length > 1 && isMore(waiting.map(({ item }) => item));
  }

  return (item) =>
    new Promise((settle, fail) => {
      waiting.push({ item, settle, fail });
      if (lanes === 0 || (lanes < LANES && atWork === lanes && isBacklog())) void run();
    });
}

function all<Item>(items: readonly Item[]): Part<Item>[] {
  return items.map((now) => ({ now, rest: undefined }));
}

async function doRound<Item>(
  work: (items: readonly Item[]) => Promise<void>,
  round: readonly Waiting<Item>[],
): Promise<void> {
  try {
    await work(round.map(({ item }) => item));
    for (const { settle } of round) settle();
  } catch (error) {
    const [first] = round;
    if (round.length === 1) first?.fail(error);
    else for (const { item, settle, fail } of round) await work([item]).then(settle, fail);
  }
}
