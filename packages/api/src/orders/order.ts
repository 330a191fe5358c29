import { ShopError } from '../errors.ts';

/** A product as the catalogue has it now. */
export interface Product {
  readonly productId: number;
  readonly sellerId: number;
  readonly name: string;
  readonly price: bigint;
  /** Hidden by its seller for a while, or ended for good: neither can be ordered. */
  readonly status: 'on_sale' | 'hidden' | 'ended';
  readonly isTaxFree: boolean;
  /** Whether there is only so much of it. */
  readonly isStocked: boolean;
}

export interface OrderLine {
  readonly productId: number;
  readonly sellerId: number;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: bigint;
  readonly amount: bigint;
  /** Absent in orders of before there were such products. */
  readonly isTaxFree?: boolean;
  /** Whether the line's quantity is reserved while the order awaits payment. */
  readonly isStocked?: boolean;
}

export interface Order {
  readonly orderId: string;
  readonly buyerId: number;
  readonly cartId: number;
  readonly amount: bigint;
  /** The part of the amount that bears no VAT. */
  readonly taxFreeAmount: bigint;
  readonly currency: 'KRW';
  readonly orderName: string;
  readonly lines: readonly OrderLine[];
  readonly createdAt: Date;
  /** When it expires unless it is paid; null for orders of before they did. */
  readonly expiresAt: Date | null;
}

export interface OrderRequest {
  readonly orderId: string;
  readonly buyerId: number;
  readonly cartId: number;
  /** How many of each product. */
  readonly quantities: ReadonlyMap<number, number>;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/**
 * Prices an order from the catalogue.
 * @throws ShopError `product_unknown`, with every id that the catalogue does not have; `product_unavailable`, with every one that is
 *   not on sale
 */
export function priceOrder(request: OrderRequest, catalogue: ReadonlyMap<number, Product>): Order {
  const { quantities, ...rest } = request;
  assertOnSale([...quantities.keys()], catalogue);
  const lines = [...quantities].flatMap(([productId, quantity]) => {
    const product = catalogue.get(productId);
    return product === undefined ? [] : [lineOf(product, quantity)];
  });
  const taxFree = lines.filter(({ isTaxFree }) => isTaxFree);
  return {
    ...rest,
    amount: sumOf(lines),
    taxFreeAmount: sumOf(taxFree),
    currency: 'KRW',
    orderName: nameOf(lines),
    lines,
  };
}

function lineOf(product: Product, quantity: number): OrderLine {
  const { productId, sellerId, name, price, isTaxFree, isStocked } = product;
  const amount = price * BigInt(quantity);
  return { productId, sellerId, name, quantity, unitPrice: price, amount, isTaxFree, isStocked };
}

function assertOnSale(ids: readonly number[], catalogue: ReadonlyMap<number, Product>): void {
  const unknown = ids.filter((id) => !catalogue.has(id));
  if (unknown.length > 0) {
    throw new ShopError('product_unknown', `The catalogue has no kimchi ${unknown.join(', ')}.`, {
      kimchiIds: unknown,
    });
  }
  const unavailable = ids.filter((id) => catalogue.get(id)?.status !== 'on_sale');
  if (unavailable.length === 0) return;
  throw new ShopError('product_unavailable', `Kimchi ${unavailable.join(', ')} is not on sale.`, {
    kimchiIds: unavailable,
  });
}

function sumOf(lines: readonly OrderLine[]): bigint {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
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
