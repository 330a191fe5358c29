/** Work that is done now and then beside the relay's own. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
}

export interface Jobs {
  /** Begins no further run, and resolves when those in hand have ended. */
  stop(): Promise<void>;
}

/** Runs each job again and again, each run that long after the one before has ended. A run that fails is told, and is no reason to stop. */
export function startJobs(jobs: readonly Job[], onTrouble: (message: string, error: unknown) => void): Jobs {
  const stopping = new AbortController();
  const loops = jobs.map(async ({ name, everyMs, run }) => {
    while (await pause(everyMs, stopping.signal)) {
      await run().catch((error: unknown) => onTrouble(`${name} failed; it is tried again`, error));
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Resolves with false as soon as it is told to stop. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resume) => {
    if (signal.aborted) return resume(false);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resume(true);
    }, ms);
    const end = () => {
      clearTimeout(timer);
      resume(false);
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
