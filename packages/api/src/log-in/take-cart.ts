import { inTransaction } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { cartTokenDigest, isCartToken } from '../cart/cart-token.ts';
import { mergeCarts } from '../cart/change-cart.ts';
import type { Cookie } from '../http/cookie.ts';

export interface CartTaking {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly cookies: { readonly cart: Cookie };
}

/** Puts what a visitor's cart holds into the member's. Returns the cookies that go with it. */
export async function takeCart(
  { knex, clock, cookies }: CartTaking,
  memberId: number,
  cookieHeader: string | undefined,
): Promise<string[]> {
  const token = cookies.cart.read(cookieHeader);
  if (!isCartToken(token)) return [];
  const tokenDigest = cartTokenDigest(token);
  await inTransaction(knex, (trx) => mergeCarts(trx, { tokenDigest, memberId }, clock()));
  return [cookies.cart.clear()];
}
