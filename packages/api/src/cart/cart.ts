import type { ProductStatus } from '../catalogue/product.ts';
import { ShopError } from '../errors.ts';

export const MOST_ITEMS = 50;
export const MOST_OF_ONE = 99;
/** How long a visitor's cart lives after something was put in, and its cookie with it. */
export const VISITORS_CART_MS = 30 * 24 * 3_600_000;

/** What lies in a cart, with what the catalogue says of it now. */
export interface CartItem {
  readonly productId: number;
  readonly quantity: number;
  readonly sellerId: number;
  readonly sellerName: string;
  readonly name: string;
  readonly price: bigint;
  readonly status: ProductStatus;
  /** Null: as much as is wanted. */
  readonly available: number | null;
}

/** `short`: some of it can be had, but not so much. `gone`: none. */
export type Availability = 'available' | 'short' | 'gone';

export function availabilityOf({ status, available, quantity }: CartItem): Availability {
  if (status !== 'on_sale' || available === 0) return 'gone';
  return available === null || available >= quantity ? 'available' : 'short';
}

/** What the cart costs, of what can be had as it lies there. */
export function sumOf(items: readonly CartItem[]): bigint {
  return items
    .filter((item) => availabilityOf(item) === 'available')
    .reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n);
}

/** How many of each product. */
export type Quantities = ReadonlyMap<number, number>;

/** @throws ShopError `cart_full` when one more product would be too many */
export function assertRoomFor(productId: number, quantities: Quantities): void {
  if (quantities.has(productId) || quantities.size < MOST_ITEMS) return;
  throw new ShopError('cart_full', `A cart holds ${MOST_ITEMS} different kimchi; take something out first.`, {
    most: MOST_ITEMS,
  });
}

/**
 * What a member's cart gets of a visitor's: quantities add up, as far as a cart takes them. Where there are too many products, the
 * member's own stay and the visitor's later ones are left out. Only what changes is returned.
 */
export function merge(members: Quantities, visitors: Quantities): Map<number, number> {
  const changes = new Map<number, number>();
  let room = MOST_ITEMS - members.size;
  for (const [productId, quantity] of visitors) {
    const own = members.get(productId);
    if (own === undefined && room-- <= 0) continue;
    changes.set(productId, Math.min(MOST_OF_ONE, (own ?? 0) + quantity));
  }
  return changes;
}
