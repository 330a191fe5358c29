import type { Request } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import type { Cookie } from '../http/cookie.ts';
import { idSchema } from '../http/parse.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { wonSchema } from '../http/schemas.ts';

import { availabilityOf, type CartItem, MOST_OF_ONE, sumOf, VISITORS_CART_MS } from './cart.ts';
import { type CartOwner, findCart, readItems } from './cart-table.ts';
import { cartTokenDigest, isCartToken, newCartToken } from './cart-token.ts';
import { putItem, takeOut } from './change-cart.ts';

export interface CartContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  /** Of visitors who have not logged in. */
  readonly cookie: Cookie;
}

const cartSchema = z
  .object({
    cartId: z.int().nullable().meta({ description: 'Null until something is put in.' }),
    items: z.array(
      z.object({
        kimchiId: z.int(),
        name: z.string(),
        sellerId: z.string(),
        sellerName: z.string(),
        unitPrice: wonSchema,
        quantity: z.int(),
        amount: wonSchema,
        availability: z.enum(['available', 'short', 'gone']).meta({
          description: '`short`: less is left than lies here. `gone`: it is sold out, or not on sale.',
        }),
        available: z.int().nullable().meta({ description: 'How much is left. Null: as much as is wanted.' }),
      }),
    ),
    amount: wonSchema.meta({ description: 'The sum of what is available.' }),
  })
  .meta({ id: 'Cart' });

const itemParams = z.object({ kimchiId: idSchema });
const TAGS = ['Cart'] as const;
const DESCRIPTION =
  'The caller’s cart; of somebody who has not logged in, that of the cookie. At log-in it becomes part of the member’s.';

export function cartRoutes(context: CartContext): Route[] {
  return [readRoute(context), putRoute(context), takeOutRoute(context), emptyRoute(context)];
}

function readRoute(context: CartContext): Route {
  return defineRoute({
    method: 'get',
    path: '/api/cart',
    summary: 'Read the cart, at the catalogue’s prices of now',
    description: DESCRIPTION,
    tags: TAGS,
    access: 'guests',
    answers: { 200: { description: 'The cart', result: cartSchema } },
    problems: [],
    async handle({ caller, request }) {
      const owner = ownerOf(context, caller, request);
      const cartId = owner && (await findCart(context.knex, owner));
      return { status: 200, result: await cartView(context.knex, cartId) };
    },
  });
}

function putRoute(context: CartContext): Route {
  return defineRoute({
    method: 'put',
    path: '/api/cart/items/{kimchiId}',
    summary: 'Make so many of a kimchi lie in the cart',
    description: DESCRIPTION,
    tags: TAGS,
    access: 'guests',
    params: itemParams,
    body: z.object({ quantity: z.int().min(1).max(MOST_OF_ONE) }),
    example: { quantity: 2 },
    answers: {
      200: {
        description: 'The cart as it is now',
        result: cartSchema,
        headers: { 'Set-Cookie': 'What a visitor’s cart is known by' },
      },
    },
    problems: ['product_unknown', 'product_unavailable', 'cart_full'],
    async handle({ params: { kimchiId }, body: { quantity }, caller, request, commit }) {
      const token = tokenOf(context, request) ?? newCartToken();
      const owner =
        caller === undefined ? { tokenDigest: cartTokenDigest(token) } : { memberId: caller.memberId };
      // The cookie lives as long as the cart, which lives on from now.
      const headers =
        caller === undefined ? { 'Set-Cookie': context.cookie.set(token, VISITORS_CART_MS) } : {};
      return commit(async (trx) => {
        const cartId = await putItem(trx, owner, { productId: kimchiId, quantity }, context.clock());
        return { status: 200, headers, result: await cartView(trx, cartId) };
      });
    },
  });
}

function takeOutRoute(context: CartContext): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/cart/items/{kimchiId}',
    summary: 'Take a kimchi out of the cart',
    tags: TAGS,
    access: 'guests',
    params: itemParams,
    answers: { 200: { description: 'The cart as it is now', result: cartSchema } },
    problems: [],
    async handle({ params: { kimchiId }, caller, request, commit }) {
      const owner = ownerOf(context, caller, request);
      return commit(async (trx) => {
        const cartId = owner && (await takeOut(trx, owner, kimchiId));
        return { status: 200, result: await cartView(trx, cartId) };
      });
    },
  });
}

function emptyRoute(context: CartContext): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/cart',
    summary: 'Empty the cart',
    tags: TAGS,
    access: 'guests',
    answers: { 200: { description: 'The cart as it is now', result: cartSchema } },
    problems: [],
    async handle({ caller, request, commit }) {
      const owner = ownerOf(context, caller, request);
      return commit(async (trx) => {
        const cartId = owner && (await takeOut(trx, owner, 'all'));
        return { status: 200, result: await cartView(trx, cartId) };
      });
    },
  });
}

function ownerOf(context: CartContext, caller: Caller | undefined, request: Request): CartOwner | undefined {
  if (caller !== undefined) return { memberId: caller.memberId };
  const token = tokenOf(context, request);
  return token === undefined ? undefined : { tokenDigest: cartTokenDigest(token) };
}

/** What a visitor's cart is known by, where the request bears it. */
function tokenOf({ cookie }: CartContext, request: Request): string | undefined {
  const token = cookie.read(request.headers.cookie);
  return isCartToken(token) ? token : undefined;
}

async function cartView(db: Knex, cartId: number | undefined) {
  const items = cartId === undefined ? [] : await readItems(db, cartId);
  return { cartId: cartId ?? null, items: items.map(itemView), amount: Number(sumOf(items)) };
}

function itemView(item: CartItem) {
  const { productId, name, sellerId, sellerName, price, quantity, available } = item;
  return {
    kimchiId: productId,
    name,
    sellerId: String(sellerId),
    sellerName,
    unitPrice: Number(price),
    quantity,
    amount: Number(price * BigInt(quantity)),
    availability: availabilityOf(item),
    available,
  };
}
