import { z } from 'zod';
import { etagOf, hasCurrent } from '../http/etag.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { type LowestPriceContext, readLowestPrice } from './lowest-price.ts';
import { lowestPriceSchema } from './price-schema.ts';
import { lowestPriceView } from './price-view.ts';

/** Our own price may change at any time, so nobody keeps an answer for long; a degraded one is soon asked for again. */
const LONGEST_AGE_SECONDS = { asItShouldBe: 30, degraded: 5 };

const HEADERS = {
  ETag: 'Changes when anything but the age does',
  'Cache-Control': 'How long anybody may keep it',
};

export function priceRoutes(context: LowestPriceContext & { readonly clock: () => Date }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/kimchi/{kimchiId}/lowest-price',
      summary: 'Compare a kimchi’s price',
      description:
        'Beside the same kind of kimchi elsewhere, by weight. Where the price source is slow or down, the answer is an older one or the mall’s own, and says so.',
      tags: ['Catalogue'],
      access: 'anyone',
      params: z.object({ kimchiId: idSchema }),
      answers: {
        200: { description: 'The comparison', result: lowestPriceSchema, headers: HEADERS },
        304: { description: 'It is as `If-None-Match` has it', headers: HEADERS },
      },
      problems: ['product_unknown', 'prices_unavailable'],
      async handle({ params: { kimchiId }, request }) {
        const found = await readLowestPrice(context, kimchiId);
        const result = lowestPriceView(found, context.clock());
        const etag = etagOf(JSON.stringify({ ...result, ageSeconds: undefined }));
        const headers = {
          // Weak: two answers that differ in their age alone are the same.
          ETag: `W/${etag}`,
          'Cache-Control': cacheControlOf(found.offers.freshForMs, result.degraded),
        };
        if (hasCurrent(request, etag)) return { status: 304, headers };
        return { status: 200, headers, result };
      },
    }),
  ];
}

function cacheControlOf(freshForMs: number, isDegraded: boolean): string {
  const { asItShouldBe, degraded } = LONGEST_AGE_SECONDS;
  const seconds = isDegraded ? degraded : Math.min(asItShouldBe, Math.ceil(freshForMs / 1_000));
  return `public, max-age=${seconds}`;
}
