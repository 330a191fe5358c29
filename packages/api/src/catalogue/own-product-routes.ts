import type { Knex } from 'knex';
import { z } from 'zod';
import { createCursors, pageQuery, pageSchema, toPage } from '../http/page.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { assertSellsAs } from '../sellers/sells-as.ts';
import { changeProduct, createProduct, productUnknown } from './change-product.ts';
import { newProductSchema, ownProductSchema, ownProductView, productChangeSchema } from './product-schema.ts';
import { findProduct, listOfSeller } from './products-table.ts';

const cursors = createCursors('own-kimchi', z.int());
const sellerParams = z.object({ sellerId: idSchema });
const productParams = sellerParams.extend({ kimchiId: idSchema });

export interface OwnProductsContext {
  readonly knex: Knex;
  readonly clock: () => Date;
}

/** What a seller does with its own products; an operator may do it for any. */
export function ownProductRoutes(context: OwnProductsContext): Route[] {
  return [listRoute(context), createRoute(context), readRoute(context), changeRoute(context)];
}

function listRoute({ knex }: OwnProductsContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/sellers/{sellerId}/kimchi',
    summary: 'List a seller’s own kimchi, newest first, whatever its status',
    tags: ['Catalogue'],
    access: ['seller', 'operator'],
    params: sellerParams,
    query: z.object(pageQuery),
    answers: { 200: { description: 'A page', result: pageSchema(ownProductSchema) } },
    problems: ['seller_unknown', 'cursor_malformed'],
    async handle({ params: { sellerId }, query: { limit, cursor }, caller }) {
      await assertSellsAs(knex, caller, sellerId);
      const before = cursors.decode(cursor, sellerId);
      const products = await listOfSeller(knex, { sellerId, limit, before });
      const page = toPage(products, limit, {
        itemOf: ownProductView,
        cursorOf: ({ productId }) => cursors.encode(productId, sellerId),
      });
      return { status: 200, result: page };
    },
  });
}

function createRoute({ knex, clock }: OwnProductsContext): Route {
  return defineRoute({
    method: 'post',
    path: '/api/sellers/{sellerId}/kimchi',
    summary: 'Put up a kimchi',
    tags: ['Catalogue'],
    access: ['seller', 'operator'],
    params: sellerParams,
    body: newProductSchema,
    idempotency: 'in_transaction',
    example: { name: '포기김치 1kg', price: 14_000, category: 'cabbage', stock: 100 },
    answers: {
      201: { description: 'It is there', result: ownProductSchema, headers: { Location: 'Where it is' } },
    },
    problems: ['seller_unknown'],
    async handle({ params: { sellerId }, body, caller, commit }) {
      await assertSellsAs(knex, caller, sellerId);
      return commit(async (trx) => {
        const product = await createProduct(trx, sellerId, body, clock());
        const Location = `/api/sellers/${sellerId}/kimchi/${product.productId}`;
        return { status: 201, headers: { Location }, result: ownProductView(product) };
      });
    },
  });
}

function readRoute({ knex }: OwnProductsContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/sellers/{sellerId}/kimchi/{kimchiId}',
    summary: 'Read a seller’s own kimchi',
    tags: ['Catalogue'],
    access: ['seller', 'operator'],
    params: productParams,
    answers: { 200: { description: 'The kimchi', result: ownProductSchema } },
    problems: ['seller_unknown', 'product_unknown'],
    async handle({ params: { sellerId, kimchiId }, caller }) {
      await assertSellsAs(knex, caller, sellerId);
      const product = await findProduct(knex, kimchiId);
      if (product?.sellerId !== sellerId) throw productUnknown(kimchiId);
      return { status: 200, result: ownProductView(product) };
    },
  });
}

function changeRoute({ knex, clock }: OwnProductsContext): Route {
  return defineRoute({
    method: 'patch',
    path: '/api/sellers/{sellerId}/kimchi/{kimchiId}',
    summary: 'Change a seller’s own kimchi',
    description:
      'Names the `version` that it changes, so that two who change at once do not undo each other. A price counts from the next check-out; orders that were made keep theirs.',
    tags: ['Catalogue'],
    access: ['seller', 'operator'],
    params: productParams,
    body: productChangeSchema,
    example: { version: 1, price: 13_500 },
    answers: { 200: { description: 'As it is now', result: ownProductSchema } },
    problems: ['seller_unknown', 'product_unknown', 'product_ended', 'product_changed', 'stock_insufficient'],
    async handle({ params: { sellerId, kimchiId: productId }, body, caller, commit }) {
      await assertSellsAs(knex, caller, sellerId);
      return commit(async (trx) => ({
        status: 200,
        result: ownProductView(await changeProduct(trx, { sellerId, productId }, body, clock())),
      }));
    },
  });
}
