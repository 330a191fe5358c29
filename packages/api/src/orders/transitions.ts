import type { ShopErrorCode } from '../errors.ts';

export const ORDER_STATUSES = [
  'awaiting_payment',
  'paid',
  'partially_cancelled',
  'cancelled',
  'expired',
] as const;

/**
 * `awaiting_payment`: priced, and its stock is reserved. `paid`: a payment was approved. `partially_cancelled`: a part of that was
 * given back. `cancelled`: called off before payment, or given back wholly. `expired`: nobody paid in time.
 */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What can happen to an order. */
export type OrderEvent = 'pay' | 'cancel' | 'expire' | 'refund_part' | 'refund_all';

/** The status that follows, or the code of the refusal. */
export type Transition = { readonly to: OrderStatus } | { readonly refused: ShopErrorCode };

const to = (status: OrderStatus): Transition => ({ to: status });
const refused = (code: ShopErrorCode): Transition => ({ refused: code });

/**
 * Every status with every event (docs/reference/orders.md is this table). A payment that the provider approved is never refused: `pay` is
 * what asks for one, and an approval that comes late is recorded whatever the status (payments/finish-late.ts).
 */
export const TRANSITIONS: Readonly<Record<OrderStatus, Readonly<Record<OrderEvent, Transition>>>> = {
  awaiting_payment: {
    pay: to('paid'),
    cancel: to('cancelled'),
    expire: to('expired'),
    refund_part: refused('order_not_paid'),
    refund_all: refused('order_not_paid'),
  },
  paid: {
    pay: refused('order_already_paid'),
    cancel: refused('order_already_paid'),
    expire: refused('order_already_paid'),
    refund_part: to('partially_cancelled'),
    refund_all: to('cancelled'),
  },
  partially_cancelled: {
    pay: refused('order_already_paid'),
    cancel: refused('order_already_paid'),
    expire: refused('order_already_paid'),
    refund_part: to('partially_cancelled'),
    refund_all: to('cancelled'),
  },
  cancelled: {
    pay: refused('order_cancelled'),
    // Asked for again, it is as it was asked for.
    cancel: to('cancelled'),
    expire: refused('order_cancelled'),
    refund_part: refused('order_cancelled'),
    refund_all: refused('order_cancelled'),
  },
  expired: {
    pay: refused('order_expired'),
    cancel: refused('order_expired'),
    expire: to('expired'),
    refund_part: refused('order_not_paid'),
    refund_all: refused('order_not_paid'),
  },
};

export function transition(status: OrderStatus, event: OrderEvent): Transition {
  return TRANSITIONS[status][event];
}
