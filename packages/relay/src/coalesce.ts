interface Waiting<Item> {
  readonly item: Item;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Does work on whatever waits, all of it at once: while one round is on its way, what comes next waits for the next round. When
 * a round fails, each of its items is tried alone, so that each caller gets an answer of its own.
 */
export function coalesce<Item>(
  work: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  const waiting: Waiting<Item>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    // What was delivered in one turn of the event loop belongs together.
    await new Promise(setImmediate);
    while (waiting.length > 0) await doRound(work, waiting.splice(0));
    isRunning = false;
  }

  return (item) =>
    new Promise((settle, fail) => {
      waiting.push({ item, settle, fail });
      if (!isRunning) void run();
    });
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
