import { describe, expect, it } from '@jest/globals';
import { ShopError } from '../errors.ts';
import { decideClaim } from './decide-claim.ts';
import type { Payment, PaymentStatus } from './payment.ts';
import type { ClaimFacts } from './payments-table.ts';

const CLAIM = { paymentKey: 'key-1', orderId: 'order-1', amount: 38_000n, payerId: 7 };

function payment(status: PaymentStatus, orderId = 'order-1'): Payment {
  return {
    paymentKey: 'key-1',
    orderId,
    payerId: 7,
    amount: 38_000n,
    currency: 'KRW',
    status,
    refunded: 0n,
    claimedAt: new Date(0),
    method: null,
    approvedAt: null,
    failureCode: status === 'refused' ? 'REJECT_CARD_COMPANY' : null,
    failureMessage: status === 'refused' ? '거절' : null,
  };
}

const SOUND: ClaimFacts = {
  order: { buyerId: 7, amount: 38_000n, status: 'awaiting_payment' as const },
  hasPayer: true,
  same: undefined,
  open: undefined,
};
const UNKNOWN_ORDER = { order: undefined };
const OTHER_AMOUNT = { order: { buyerId: 7, amount: 38_001n, status: 'awaiting_payment' as const } };
const CANCELLED = { order: { buyerId: 7, amount: 38_000n, status: 'cancelled' as const } };
const EXPIRED = { order: { buyerId: 7, amount: 38_000n, status: 'expired' as const } };
const PARTLY_REFUNDED = { order: { buyerId: 7, amount: 38_000n, status: 'partially_cancelled' as const } };
const PAID_BY_ANOTHER = { open: { paymentKey: 'key-2', status: 'done' as const } };
const HELD_BY_ANOTHER = { open: { paymentKey: 'key-2', status: 'confirming' as const } };
const KEY_OF_ANOTHER_ORDER = { same: payment('done', 'order-2') };
const NO_PAYER = { hasPayer: false };

/** Each row holds its own fault and, where they can meet, all those below it: so the table is the precedence. */
const TABLE: readonly (readonly [string, Partial<ClaimFacts>, string])[] = [
  ['no order', { ...NO_PAYER, ...KEY_OF_ANOTHER_ORDER, ...UNKNOWN_ORDER }, 'order_unknown'],
  [
    'key of another order',
    { ...NO_PAYER, ...OTHER_AMOUNT, ...PAID_BY_ANOTHER, ...KEY_OF_ANOTHER_ORDER },
    'payment_key_used',
  ],
  [
    'another amount',
    { ...NO_PAYER, ...PAID_BY_ANOTHER, same: payment('done'), ...OTHER_AMOUNT },
    'amount_mismatch',
  ],
  ['done before', { ...NO_PAYER, same: payment('done') }, 'replay'],
  ['refused before', { ...NO_PAYER, ...PAID_BY_ANOTHER, same: payment('refused') }, 'payment_refused'],
  ['under way with this key', { ...NO_PAYER, same: payment('confirming') }, 'payment_in_progress'],
  ['paid with another key', { ...NO_PAYER, ...CANCELLED, ...PAID_BY_ANOTHER }, 'order_already_paid'],
  ['under way with another key', { ...NO_PAYER, ...CANCELLED, ...HELD_BY_ANOTHER }, 'payment_in_progress'],
  [
    'released, and paid with another key',
    { same: payment('released'), ...PAID_BY_ANOTHER },
    'order_already_paid',
  ],
  ['order cancelled', { ...NO_PAYER, ...CANCELLED }, 'order_cancelled'],
  ['order paid, and partly given back', { ...NO_PAYER, ...PARTLY_REFUNDED }, 'order_already_paid'],
  ['order expired', { ...NO_PAYER, ...EXPIRED }, 'order_expired'],
  ['no such payer', NO_PAYER, 'member_unknown'],
  ['released before', { same: payment('released') }, 'reclaim'],
  ['nothing any more', {}, 'retry'],
];

describe('decideClaim', () => {
  it.each(TABLE)('%s', (_name, facts, expected) => {
    expect(outcomeOf({ ...SOUND, ...facts })).toBe(expected);
  });

  it('tells both amounts where they differ', () => {
    expect(() => decideClaim(CLAIM, { ...SOUND, ...OTHER_AMOUNT })).toThrow(
      expect.objectContaining({
        details: { orderId: 'order-1', orderAmount: 38_001, paymentAmount: 38_000 },
      }),
    );
  });

  it('repeats what the provider said when it refused', () => {
    expect(() => decideClaim(CLAIM, { ...SOUND, same: payment('refused') })).toThrow(
      expect.objectContaining({
        details: { orderId: 'order-1', providerCode: 'REJECT_CARD_COMPANY', providerMessage: '거절' },
      }),
    );
  });
});

function outcomeOf(facts: ClaimFacts): string {
  try {
    return decideClaim(CLAIM, facts).decision;
  } catch (error) {
    if (error instanceof ShopError) return error.code;
    throw error;
  }
}
