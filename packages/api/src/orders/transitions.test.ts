import { describe, expect, it } from '@jest/globals';
import { type OrderEvent, type OrderStatus, TRANSITIONS, transition } from './transitions.ts';

/** The table of docs/reference/orders.md, in its order. */
const TABLE: readonly (readonly [OrderStatus, OrderEvent, string])[] = [
  ['awaiting_payment', 'pay', 'paid'],
  ['awaiting_payment', 'cancel', 'cancelled'],
  ['awaiting_payment', 'expire', 'expired'],
  ['awaiting_payment', 'refund_part', 'order_not_paid'],
  ['awaiting_payment', 'refund_all', 'order_not_paid'],
  ['paid', 'pay', 'order_already_paid'],
  ['paid', 'cancel', 'order_already_paid'],
  ['paid', 'expire', 'order_already_paid'],
  ['paid', 'refund_part', 'partially_cancelled'],
  ['paid', 'refund_all', 'cancelled'],
  ['partially_cancelled', 'pay', 'order_already_paid'],
  ['partially_cancelled', 'cancel', 'order_already_paid'],
  ['partially_cancelled', 'expire', 'order_already_paid'],
  ['partially_cancelled', 'refund_part', 'partially_cancelled'],
  ['partially_cancelled', 'refund_all', 'cancelled'],
  ['cancelled', 'pay', 'order_cancelled'],
  ['cancelled', 'cancel', 'cancelled'],
  ['cancelled', 'expire', 'order_cancelled'],
  ['cancelled', 'refund_part', 'order_cancelled'],
  ['cancelled', 'refund_all', 'order_cancelled'],
  ['expired', 'pay', 'order_expired'],
  ['expired', 'cancel', 'order_expired'],
  ['expired', 'expire', 'expired'],
  ['expired', 'refund_part', 'order_not_paid'],
  ['expired', 'refund_all', 'order_not_paid'],
];

describe('transition', () => {
  it.each(TABLE)('of %s by %s: %s', (status, event, expected) => {
    const followed = transition(status, event);
    expect('to' in followed ? followed.to : followed.refused).toBe(expected);
  });

  it('knows every status with every event', () => {
    const pairs = Object.values(TRANSITIONS).flatMap((events) => Object.keys(events));
    expect(pairs).toHaveLength(TABLE.length);
  });
});
