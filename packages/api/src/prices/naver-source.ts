import { httpCaller } from '../outgoing/http-caller.ts';
import type { Reply } from '../outgoing/reply.ts';
import { createDailyBudget } from './daily-budget.ts';
import type { Listing, Wanted } from './listing.ts';
import { naverErrorCode, readNaverAnswer } from './naver-answer.ts';
import { type PriceSource, PriceSourceError } from './price-source.ts';
import { weightText } from './weight.ts';

export interface NaverOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Calls that this process may make on a day of Korea. */
  readonly dailyLimit: number;
  /** Of one call, where nobody gives it up earlier. */
  readonly timeoutMs: number;
  readonly maxConnectionCount: number;
  readonly clock: () => Date;
}

/** No more than this many offers are looked at; the provider orders them by likeness. */
const DISPLAY = '60';

/**
 * Naver's search of shops, by its published contract. Naver closed it on 2026-07-31: what answers is the sandbox, or a gateway that
 * speaks the same.
 */
export function naverSource(options: NaverOptions): PriceSource {
  const { baseUrl, clientId, clientSecret, dailyLimit, timeoutMs, maxConnectionCount, clock } = options;
  const headers = { 'X-Naver-Client-Id': clientId, 'X-Naver-Client-Secret': clientSecret };
  const http = httpCaller({ baseUrl, headers, maxConnectionCount });
  const budget = createDailyBudget(dailyLimit, clock);

  async function find(wanted: Wanted, signal: AbortSignal): Promise<readonly Listing[]> {
    if (!budget.take()) throw new PriceSourceError('limit', `All ${dailyLimit} calls of today are made.`);
    const path = `/v1/search/shop.json?${parametersFor(wanted)}`;
    const reply = await http.send({ method: 'GET', path, timeoutMs, signal });
    const error = errorOf(reply);
    if (error?.kind === 'limit') budget.exhaust();
    if (error !== undefined) throw error;
    const listings = reply.got === 'answer' ? readNaverAnswer(reply.body, wanted) : undefined;
    if (listings === undefined) throw new PriceSourceError('trouble', 'The answer is none of a search.');
    return listings;
  }
  return { name: 'naver-shopping', find, close: http.close };
}

function parametersFor({ kind, grams }: Wanted): URLSearchParams {
  return new URLSearchParams({
    query: grams === undefined ? kind : `${kind} ${weightText(grams)}`,
    display: DISPLAY,
    sort: 'sim',
    exclude: 'used:rental:cbshop',
  });
}

/** 400 is the question's fault, and 010 says that the day's calls are spent; all else that is no 200 is trouble. */
function errorOf(reply: Reply): PriceSourceError | undefined {
  if (reply.got !== 'answer') return new PriceSourceError('trouble', `No answer: ${reply.reason}.`);
  if (reply.status === 200) return undefined;
  const code = naverErrorCode(reply.body);
  const kind = code === '010' ? 'limit' : reply.status === 400 ? 'refused' : 'trouble';
  return new PriceSourceError(kind, `The answer is ${reply.status} ${code ?? ''}`.trimEnd());
}
