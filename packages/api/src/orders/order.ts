import { ShopError } from '../errors.ts';

/** A product as the catalogue has it now. */
export interface Product {
  readonly productId: number;
  readonly sellerId: number;
  readonly name: string;
  readonly price: bigint;
}

export interface OrderLine {
  readonly productId: number;
  readonly sellerId: number;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: bigint;
  readonly amount: bigint;
}

export interface Order {
  readonly orderId: string;
  readonly buyerId: number;
  readonly cartId: number;
  readonly amount: bigint;
  readonly currency: 'KRW';
  readonly orderName: string;
  readonly lines: readonly OrderLine[];
  readonly createdAt: Date;
}

export interface OrderRequest {
  readonly orderId: string;
  readonly buyerId: number;
  readonly cartId: number;
  readonly kimchiIds: readonly number[];
  readonly createdAt: Date;
}

/**
 * Prices an order from the catalogue. An id that comes twice is one line of quantity two.
 * @throws ShopError `product_unknown`, with every id that the catalogue does not have
 */
export function priceOrder(request: OrderRequest, catalogue: ReadonlyMap<number, Product>): Order {
  const { orderId, buyerId, cartId, kimchiIds, createdAt } = request;
  const quantities = new Map<number, number>();
  for (const id of kimchiIds) quantities.set(id, (quantities.get(id) ?? 0) + 1);
  assertAllKnown([...quantities.keys()], catalogue);
  const lines = [...quantities].flatMap(([productId, quantity]) => {
    const product = catalogue.get(productId);
    if (product === undefined) return [];
    const { sellerId, name, price } = product;
    const amount = price * BigInt(quantity);
    return [{ productId, sellerId, name, quantity, unitPrice: price, amount }];
  });
  const amount = lines.reduce((sum, line) => sum + line.amount, 0n);
  return { orderId, buyerId, cartId, amount, currency: 'KRW', orderName: nameOf(lines), lines, createdAt };
}

function assertAllKnown(ids: readonly number[], catalogue: ReadonlyMap<number, Product>): void {
  const unknown = ids.filter((id) => !catalogue.has(id));
  if (unknown.length === 0) return;
  throw new ShopError('product_unknown', `The catalogue has no kimchi ${unknown.join(', ')}.`, {
    kimchiIds: unknown,
  });
}

/** What one seller sold in an order. */
export interface Share {
  readonly sellerId: string;
  readonly amount: bigint;
}

/** Each seller's part of an order, in the order of their ids. */
export function sharesOf(lines: readonly OrderLine[]): Share[] {
  const amounts = new Map<number, bigint>();
  for (const { sellerId, amount } of lines) amounts.set(sellerId, (amounts.get(sellerId) ?? 0n) + amount);
  return [...amounts]
    .sort(([a], [b]) => a - b)
    .map(([sellerId, amount]) => ({ sellerId: String(sellerId), amount }));
}

/** What the buyer reads in the payment window, where TossPayments allows 100 characters. */
function nameOf(lines: readonly OrderLine[]): string {
  const others = lines.length - 1;
  const suffix = others > 0 ? ` 외 ${others}건` : '';
  return (lines[0]?.name ?? '').slice(0, 100 - suffix.length) + suffix;
}
