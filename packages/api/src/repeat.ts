export interface RepeatedJob {
  /** Resolves when the round that was under way is over. */
  stop(): Promise<void>;
}

/**
 * Works at once and then every `everyMs`. A round begins only when the one before is over; one that fails is told and forgotten. A long
 * one asks `isStopping` between its steps.
 */
export function repeat(
  work: (isStopping: () => boolean) => Promise<unknown>,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
): RepeatedJob {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  const run = () => {
    round = work(() => isStopped)
      .catch(onError)
      .then(() => {
        if (!isStopped) timer = setTimeout(run, everyMs);
      });
  };
  run();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
