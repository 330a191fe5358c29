import type { Knex } from 'knex';
import { z } from 'zod';
import { createCursors, pageQuery, pageSchema, toPage } from '../http/page.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { productUnknown } from './change-product.ts';
import { CATEGORIES } from './product.ts';
import { productSchema, productView } from './product-schema.ts';
import { findProduct, listOnSale, SORTS } from './products-table.ts';
import { toFullText } from './search.ts';

const cursors = createCursors('kimchi', z.object({ price: z.int(), productId: z.int() }));

export function catalogueRoutes(knex: Knex): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/kimchi',
      summary: 'List what is on sale',
      description: 'A search finds each word of `q` anywhere in names and descriptions.',
      tags: ['Catalogue'],
      access: 'anyone',
      query: z.object({
        category: z.enum(CATEGORIES).optional(),
        q: z.string().min(1).max(100).optional().meta({ description: 'What to look for.' }),
        sort: z.enum(SORTS).default('newest'),
        ...pageQuery,
      }),
      answers: { 200: { description: 'A page', result: pageSchema(productSchema) } },
      problems: ['cursor_malformed'],
      async handle({ query: { q, cursor, limit, ...query } }) {
        const filter = { q, ...query };
        const after = cursors.decode(cursor, filter);
        const fullText = q === undefined ? undefined : toFullText(q);
        const products =
          fullText === null ? [] : await listOnSale(knex, { ...query, fullText, limit, after });
        const page = toPage(products, limit, {
          itemOf: productView,
          cursorOf: ({ price, productId }) => cursors.encode({ price: Number(price), productId }, filter),
        });
        return { status: 200, result: page };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/kimchi/{kimchiId}',
      summary: 'Read one that is on sale',
      tags: ['Catalogue'],
      access: 'anyone',
      params: z.object({ kimchiId: idSchema }),
      answers: { 200: { description: 'The kimchi', result: productSchema } },
      problems: ['product_unknown'],
      async handle({ params: { kimchiId } }) {
        const product = await findProduct(knex, kimchiId);
        if (product?.status !== 'on_sale') throw productUnknown(kimchiId);
        return { status: 200, result: productView(product) };
      },
    }),
  ];
}
