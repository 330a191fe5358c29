/** How many requests took at most so many seconds, by the bound of the bucket, as Prometheus counts them. */
export type Buckets = ReadonlyMap<number, number>;

/** In ms, as near as the buckets tell. */
export interface ApiTimes {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

const BUCKET = /^jangbu_api_request_seconds_bucket\{(.*)\} (\d+)$/gm;
const ROUTES = ['/api/check-out', '/test/confirm'];

/** What the API has counted of the flow's two requests since it started. */
export async function readBuckets(url: string): Promise<Buckets> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
  return toBuckets(await answer.text());
}

/** @param text of `GET /metrics` */
export function toBuckets(text: string): Buckets {
  const buckets = new Map<number, number>();
  for (const [, labels = '', count] of text.matchAll(BUCKET)) {
    const [, bound] = /le="([^"]+)"/.exec(labels) ?? [];
    if (bound === undefined || !ROUTES.some((route) => labels.includes(`route="${route}"`))) continue;
    const seconds = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound);
    buckets.set(seconds, (buckets.get(seconds) ?? 0) + Number(count));
  }
  return buckets;
}

/** Of what was answered between the two; undefined where that was nothing. */
export function timesBetween(before: Buckets, after: Buckets): ApiTimes | undefined {
  const grown = [...after]
    .map(([bound, count]) => ({ bound, count: count - (before.get(bound) ?? 0) }))
    .sort((one, other) => one.bound - other.bound);
  if ((grown.at(-1)?.count ?? 0) <= 0) return undefined;
  const ms = (share: number) => Math.round(quantile(grown, share) * 10_000) / 10;
  return { p50Ms: ms(0.5), p95Ms: ms(0.95), p99Ms: ms(0.99) };
}

/** Between the bounds of its bucket, as if those in it were spread evenly; as Prometheus' histogram_quantile does it. */
function quantile(buckets: readonly { bound: number; count: number }[], share: number): number {
  const rank = share * (buckets.at(-1)?.count ?? 0);
  let below = { bound: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.count >= rank) {
      if (bucket.bound === Number.POSITIVE_INFINITY) return below.bound;
      const part = (rank - below.count) / (bucket.count - below.count || 1);
      return below.bound + part * (bucket.bound - below.bound);
    }
    below = bucket;
  }
  return below.bound;
}
