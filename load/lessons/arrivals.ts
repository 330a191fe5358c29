/** What a run of calls that arrive at a rate came to. Latencies are in ms, from when a call should have begun. */
export interface Arrived {
  readonly callCount: number;
  readonly failedCount: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Calls at a steady rate, whether or not earlier calls have ended, as a crowd does. A call that throws has failed, and took as long as it took. */
export async function arrive(
  rate: number,
  ms: number,
  call: (index: number) => Promise<void>,
): Promise<Arrived> {
  const latencies: number[] = [];
  const underWay: Promise<void>[] = [];
  let failedCount = 0;
  const from = performance.now();
  const dueAtMs = (index: number) => from + (index * 1_000) / rate;

  async function timed(index: number): Promise<void> {
    try {
      await call(index);
    } catch {
      failedCount += 1;
    } finally {
      latencies.push(performance.now() - dueAtMs(index));
    }
  }
  for (let index = 0; dueAtMs(index) < from + ms; ) {
    for (; dueAtMs(index) <= performance.now() && dueAtMs(index) < from + ms; index++)
      underWay.push(timed(index));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(underWay);
  return { callCount: latencies.length, failedCount, ...percentilesOf(latencies) };
}

export function percentilesOf(latencies: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** A POST of JSON (or a GET), that fails after `timeoutMs` and on any status but 200. */
export async function ask(url: string, body: unknown, timeoutMs = 5_000): Promise<void> {
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
}
