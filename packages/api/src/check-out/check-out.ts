import type { Knex } from 'knex';
import { emptyCart } from '../cart/cart-table.ts';
import { jointly } from '../database/jointly.ts';
import { ShopError } from '../errors.ts';
import { type Caller, hasRole } from '../http/caller.ts';
import { type Order, priceOrder } from '../orders/order.ts';
import { insertOrders } from '../orders/orders-table.ts';
import { type StockItem, stockItemsOf } from '../stock/stock-item.ts';
import { readAvailable, reserveStock } from '../stock/stocks-table.ts';
import { type CheckOutFacts, type FactsRequest, lockCart, readCheckOutFacts } from './facts-table.ts';

export interface CheckOutRequest {
  readonly cartId: number;
  readonly buyerId: number;
  /** Who asks: for itself, from its own cart; an operator for any member. */
  readonly caller: Caller;
}

export interface CheckOutSettings {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly newOrderId: (now: Date) => string;
  /** How long an order waits for its payment. */
  readonly orderExpiresAfterMs: number;
}

export interface CheckOutContext extends CheckOutSettings {
  readonly readFacts: (request: FactsRequest) => Promise<CheckOutFacts>;
  /** Writes an order that reserves no stock, and commits it. */
  readonly writeOrder: (order: Order) => Promise<void>;
}

/** A crowd that checks out reads what it has to know, and writes its orders, together. */
export function createCheckOut(settings: CheckOutSettings): CheckOutContext {
  const { knex } = settings;
  return {
    ...settings,
    readFacts: jointly((requests) => readCheckOutFacts(knex, requests)),
    writeOrder: jointly(async (orders) => {
      await insertOrders(knex, orders);
      return orders.map(() => undefined);
    }),
  };
}

/**
 * Prices what is to be ordered from the catalogue. Nothing is written.
 * @throws ShopError `cart_unknown`, `member_unknown`, `product_unknown`, `product_unavailable`, in this precedence
 */
export async function prepareOrder(
  context: CheckOutContext,
  request: CheckOutRequest & { readonly kimchiIds: readonly number[] },
): Promise<Order> {
  const facts = await context.readFacts(request);
  const quantities = new Map<number, number>();
  for (const id of request.kimchiIds) quantities.set(id, (quantities.get(id) ?? 0) + 1);
  return price(context, request, facts, quantities);
}

/**
 * Checks a whole cart out: what lies in it becomes the order, and the cart is empty.
 * @throws ShopError as prepareOrder and reserve do, and `cart_empty` before `product_unavailable`
 */
export async function checkOutCart(
  trx: Knex.Transaction,
  context: CheckOutContext,
  request: CheckOutRequest,
): Promise<Order> {
  const { quantities, ...facts } = await lockCart(trx, request);
  const order = price(context, request, facts, quantities);
  await placeOrder(trx, order);
  await emptyCart(trx, request.cartId);
  return order;
}

/** Whether placing the order reserves stock, and so needs a transaction. */
export function reservesStock(order: Order): boolean {
  return order.lines.some(({ isStocked }) => isStocked);
}

/**
 * Writes the order and reserves its stock. The stock comes last, so that the rows that others want
 * too are locked for one round trip and the commit.
 * @throws StockShort, for which the transaction has to be rolled back
 */
export async function placeOrder(trx: Knex.Transaction, order: Order): Promise<void> {
  await insertOrders(trx, [order]);
  const items = stockItemsOf(order.lines);
  if (items.length === 0) return;
  if (!(await reserveStock(trx, items))) throw new StockShort(items);
}

/** Some of the items are not there in this quantity; how much is, is read once the order's locks are gone. */
class StockShort extends Error {
  readonly items: readonly StockItem[];

  constructor(items: readonly StockItem[]) {
    super('Less is left than was wanted.');
    this.items = items;
  }
}

/** @throws ShopError `stock_insufficient` in the place of a StockShort, with what is left of each */
export async function explainShortage(knex: Knex, error: unknown): Promise<never> {
  if (!(error instanceof StockShort)) throw error;
  const { items } = error;
  const available = await readAvailable(
    knex,
    items.map(({ productId }) => productId),
  );
  const shortages = items
    .map(({ productId, quantity }) => ({
      kimchiId: productId,
      wanted: quantity,
      available: available.get(productId) ?? 0,
    }))
    .filter((item) => item.available < item.wanted);
  throw new ShopError(
    'stock_insufficient',
    'Less is left than was wanted; order what is left, or something else.',
    {
      shortages,
    },
  );
}

function price(
  { clock, newOrderId, orderExpiresAfterMs }: CheckOutContext,
  { cartId, buyerId, caller }: CheckOutRequest,
  facts: CheckOutFacts,
  quantities: ReadonlyMap<number, number>,
): Order {
  const mayForAnybody = hasRole(caller, 'operator');
  if (facts.cartOwner === undefined || (facts.cartOwner !== caller.memberId && !mayForAnybody)) {
    throw new ShopError('cart_unknown', `There is no cart ${cartId}.`, { cartId });
  }
  if (!facts.hasBuyer || (buyerId !== caller.memberId && !mayForAnybody)) {
    throw new ShopError('member_unknown', `There is no member ${buyerId}.`, { buyerId });
  }
  if (quantities.size === 0) {
    throw new ShopError('cart_empty', 'Nothing lies in this cart; put something in first.', { cartId });
  }
  const now = clock();
  return priceOrder(
    {
      orderId: newOrderId(now),
      buyerId,
      cartId,
      quantities,
      createdAt: now,
      expiresAt: new Date(now.getTime() + orderExpiresAfterMs),
    },
    facts.catalogue,
  );
}
