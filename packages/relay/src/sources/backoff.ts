/** Full-jitter exponential backoff: 0 to 100 ms at first, up to 5 s later. */
export function backoffMs(attempt: number): number {
  return Math.random() * Math.min(5_000, 100 * 2 ** Math.min(attempt, 10));
}

/** Sleeps, but wakes at once when the signal aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Waits for work, but no longer than so long. Says whether it ended by then; an error counts as an end. */
export async function within(ms: number, work: Promise<unknown> | undefined): Promise<boolean> {
  const enough = new AbortController();
  const ended = Promise.resolve(work).then(
    () => true,
    () => true,
  );
  const isInTime = await Promise.race([ended, sleep(ms, enough.signal).then(() => false)]);
  enough.abort();
  return isInTime;
}

/** Waits for work, but no longer than until the signal aborts, for work that cannot be called back. Throws as the work does until then. */
export async function unlessAborted(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  const settled = new AbortController();
  work.then(
    () => settled.abort(),
    () => settled.abort(),
  );
  const either = AbortSignal.any([signal, settled.signal]);
  if (!either.aborted)
    await new Promise((resume) => either.addEventListener('abort', resume, { once: true }));
  if (settled.signal.aborted) await work;
}
