import type { Schemas } from '@jangbu/client';
import { api } from './api.ts';

type Cart = Schemas['Cart'];

/** As it was last heard of; the service keeps it. */
let cart: Cart | undefined;
let onChange = (): void => {};

/** Who is told when the cart has changed. */
export function watchCart(listener: () => void): void {
  onChange = listener;
}

/** How many pieces lie in it, as far as is known. */
export function cartCount(): number {
  return (cart?.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
}

export async function readCart(signal?: AbortSignal): Promise<Cart> {
  return keep(await api.get('/api/cart', { signal }));
}

/** Makes so many of a kimchi lie in the cart; none takes it out. */
export async function putInCart(kimchiId: number, quantity: number): Promise<Cart> {
  const params = { kimchiId };
  return keep(
    quantity === 0
      ? await api.delete('/api/cart/items/{kimchiId}', { params })
      : await api.put('/api/cart/items/{kimchiId}', { params, body: { quantity } }),
  );
}

/** Puts so many more in. */
export async function addToCart(kimchiId: number, quantity: number): Promise<Cart> {
  const { items } = await readCart();
  const lying = items.find((item) => item.kimchiId === kimchiId)?.quantity ?? 0;
  return putInCart(kimchiId, lying + quantity);
}

function keep(fresh: Cart): Cart {
  cart = fresh;
  onChange();
  return fresh;
}
