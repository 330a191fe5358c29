import { inTransaction, isMysqlError } from '@jangbu/ledger-core';
import type { Knex } from 'knex';
import { ShopError } from '../errors.ts';
import { type Order, priceOrder } from '../orders/order.ts';
import { orderView } from '../orders/order-view.ts';
import { insertOrder } from '../orders/orders-table.ts';
import { answerAgain, fingerprintOf } from '../shop/idempotency.ts';
import { findFirstAnswer, type IdempotencyKey, insertFirstAnswer } from '../shop/idempotency-keys-table.ts';
import { readCheckOutFacts } from './facts-table.ts';

export interface CheckOutRequest {
  readonly cartId: number;
  readonly buyerId: number;
  readonly kimchiIds: readonly number[];
}

export interface CheckOutContext {
  readonly knex: Knex;
  readonly clock: () => Date;
  readonly newOrderId: (now: Date) => string;
}

/**
 * Makes an order at the catalogue's prices, and returns the answer as JSON text.
 * @throws ShopError `cart_unknown`, `member_unknown`, `product_unknown`, in this precedence
 */
export async function checkOut(context: CheckOutContext, request: CheckOutRequest): Promise<string> {
  const order = await price(context, request);
  await insertOrder(context.knex, order);
  return answerOf(order);
}

export interface Answer {
  readonly text: string;
  readonly replayed: boolean;
}

/**
 * As checkOut, but the same key and body again gives the first answer.
 * @throws ShopError `idempotency_conflict`, `idempotency_in_flight`
 */
export async function checkOutOnce(
  context: CheckOutContext,
  request: CheckOutRequest,
  key: IdempotencyKey,
  body: unknown,
): Promise<Answer> {
  const { knex, clock } = context;
  const fingerprint = fingerprintOf(body);
  const first = await findFirstAnswer(knex, key);
  if (first !== undefined) return { text: answerAgain(first, fingerprint), replayed: true };
  const order = await price(context, request);
  const text = answerOf(order);
  try {
    await inTransaction(knex, async (trx) => {
      await insertFirstAnswer(trx, key, { fingerprint, answer: text }, clock());
      await insertOrder(trx, order);
    });
    return { text, replayed: false };
  } catch (error) {
    // A twin came between: its answer is the first one.
    if (!isMysqlError(error, 'duplicateKey')) throw error;
    const twins = await findFirstAnswer(knex, key);
    if (twins === undefined) throw error;
    return { text: answerAgain(twins, fingerprint), replayed: true };
  }
}

async function price({ knex, clock, newOrderId }: CheckOutContext, request: CheckOutRequest): Promise<Order> {
  const facts = await readCheckOutFacts(knex, request);
  if (!facts.hasCart) {
    throw new ShopError('cart_unknown', `There is no cart ${request.cartId}.`, { cartId: request.cartId });
  }
  if (!facts.hasBuyer) {
    throw new ShopError('member_unknown', `There is no member ${request.buyerId}.`, {
      buyerId: request.buyerId,
    });
  }
  const now = clock();
  return priceOrder({ ...request, orderId: newOrderId(now), createdAt: now }, facts.catalogue);
}

function answerOf(order: Order): string {
  return JSON.stringify({ result: orderView(order) });
}
