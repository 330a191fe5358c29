import { bulkhead, handleAll, TimeoutStrategy, timeout, wrap } from 'cockatiel';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { type Breaker, slidingWindowBreaker } from '../breaker/breaker.ts';
import type { NaverConfig, PricesConfig } from '../config.ts';
import { type AskedSource, askThrough } from './asked-source.ts';
import type { Listing } from './listing.ts';
import type { LowestPriceContext } from './lowest-price.ts';
import { mallSource } from './mall-source.ts';
import { naverSource } from './naver-source.ts';
import { PriceSourceError } from './price-source.ts';
import { createRefreshingCache } from './refreshing-cache.ts';

export interface PricesContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

export interface Prices extends LowestPriceContext {
  /** Of the source that can fail, by the name under which it is shown; none where prices are the mall's own. */
  readonly breakers: Readonly<Record<string, Breaker>>;
  close(): void;
}

/** Calls to the provider at once, and queries of the catalogue: check-out needs the same pool of connections, so they are few. */
const SLOTS = { naver: 8, mall: 2, mallQueue: 32 };
const MALL_TIMEOUT_MS = 1_000;
const LARGEST_CACHE = 1_000;
const HOUR_MS = 60 * 60_000;

/** The price sources that the configuration names, the mall's own listings last. */
export function connectPrices(config: PricesConfig, context: PricesContext): Prices {
  const { knex } = context;
  const own = askMall(context);
  if (config.naver === undefined) return { knex, sources: [own], breakers: {}, close() {} };
  const { asked, breaker, close } = askNaver(config, config.naver, context);
  return { knex, sources: [asked, own], breakers: { prices: breaker }, close };
}

function askNaver({ freshMs, timeoutMs }: PricesConfig, naver: NaverConfig, { clock, log }: PricesContext) {
  const source = naverSource({ ...naver, timeoutMs, maxConnectionCount: SLOTS.naver, clock });
  const breaker = slidingWindowBreaker(handleAll, {
    // Neither is a sign of trouble there: a question that it will not answer, and a limit that it keeps.
    ignores: (reason) =>
      'error' in reason && reason.error instanceof PriceSourceError && reason.error.kind !== 'trouble',
  });
  breaker.onStateChange(({ from, to, reason, counts }) => {
    const facts = { source: source.name, from, to, reason, ...counts };
    if (to === 'open') log.warn(facts, 'The price source is left alone');
    else log.info(facts, 'The price source is tried again');
  });
  // The time-out is inside the breaker, so that what it cuts short counts; the bulkhead outside, so that what it refuses does not.
  const policy = wrap(
    bulkhead(SLOTS.naver),
    breaker,
    timeout(timeoutMs, TimeoutStrategy.Aggressive).dangerouslyUnref(),
  );
  const cache = createCache(freshMs, clock);
  return { asked: askThrough(source, policy, cache), breaker, close: source.close };
}

function askMall({ knex, clock }: PricesContext): AskedSource {
  const policy = wrap(
    bulkhead(SLOTS.mall, SLOTS.mallQueue),
    timeout(MALL_TIMEOUT_MS, TimeoutStrategy.Aggressive).dangerouslyUnref(),
  );
  return askThrough(mallSource(knex), policy, createCache(MALL_FRESH_MS, clock));
}

/** Ours are cheap to ask for, and sellers expect to see their change. */
const MALL_FRESH_MS = 10_000;

function createCache(freshMs: number, clock: () => Date) {
  return createRefreshingCache<readonly Listing[]>({
    freshMs,
    staleMs: freshMs * 6,
    keepMs: 24 * HOUR_MS,
    largest: LARGEST_CACHE,
    clock,
  });
}
