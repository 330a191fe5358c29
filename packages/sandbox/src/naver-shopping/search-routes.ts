import { type FaultContext, underFaults } from '../faults/under-faults.ts';
import { type ApiAnswer, type ApiRequest, type DROPPED, headerOf, type Route } from '../http/exchange.ts';
import type { CallCounts } from './call-counts.ts';
import { naverErrorAnswer, naverErrorOf } from './errors.ts';
import { offersFor } from './offers.ts';
import { searchAnswer } from './search-answer.ts';
import { readSearchRequest } from './search-request.ts';

export interface SearchContext extends FaultContext {
  readonly clock: () => Date;
  readonly callCounts: CallCounts;
  /** Of one client, on one day of Korea. */
  readonly dailyLimit: number;
}

/** Naver's search of shops, as it was published until the provider closed it, and how many calls a client has made today. */
export function naverShoppingRoutes(context: SearchContext): Route[] {
  const { callCounts, clock } = context;
  return [
    { method: 'GET', path: '/v1/search/shop.json', handle: (request) => answerSearch(context, request) },
    { method: 'GET', path: '/v1/search/:other', handle: () => naverErrorAnswer('SE05') },
    {
      method: 'GET',
      path: '/sandbox/naver-shopping/clients/:clientId',
      handle: ({ params: { clientId = '' } }) => ({
        status: 200,
        body: { clientId, callsToday: callCounts.of(clientId, clock()) },
      }),
    },
  ];
}

async function answerSearch(
  context: SearchContext,
  request: ApiRequest,
): Promise<ApiAnswer | typeof DROPPED> {
  const { callCounts, clock, dailyLimit } = context;
  const clientId = headerOf(request, 'x-naver-client-id') ?? '';
  const clientSecret = headerOf(request, 'x-naver-client-secret') ?? '';
  if (!isClient(clientId) || !isClient(clientSecret)) return naverErrorAnswer('024');
  if (callCounts.add(clientId, clock()) > dailyLimit) return naverErrorAnswer('010');
  return await underFaults(context, 'shop-search', () => search(request.query, clock()), naverErrorOf);
}

function search(parameters: URLSearchParams, now: Date): ApiAnswer {
  const read = readSearchRequest(parameters);
  if (typeof read === 'string') return naverErrorAnswer(read);
  return { status: 200, body: searchAnswer(read, offersFor(read.query), now) };
}

/** There is nothing to protect here: whatever looks like an id or a secret is let in. */
function isClient(text: string): boolean {
  return /^[A-Za-z0-9_-]{4,64}$/.test(text);
}
