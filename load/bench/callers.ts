/** What a run of concurrent callers came to. Latencies are in ms. */
export interface Measured {
  readonly entries: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs `call` from that many callers at once for a while, each beginning its next call when its last one ended. */
export async function measureCallers(
  callers: number,
  ms: number,
  call: (index: number) => Promise<number>,
): Promise<Measured> {
  const latencies: number[] = [];
  let entries = 0;
  let next = 0;
  const from = performance.now();
  const until = from + ms;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        const begun = performance.now();
        const posted = await call(next++);
        entries += posted;
        latencies.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN;
  return { entries, perSecond: entries / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}
