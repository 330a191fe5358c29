import { describe, expect, it } from '@jest/globals';
import { ShopError } from '../errors.ts';
import type { Payment } from '../payments/payment.ts';
import type { Cancel } from './cancel.ts';
import { type CancelFacts, decideCancel, type WantedCancel } from './decide-cancel.ts';

const PAYMENT: Payment = {
  paymentKey: 'key-1',
  orderId: 'order-1',
  payerId: 7,
  amount: 38_000n,
  currency: 'KRW',
  status: 'done',
  refunded: 0n,
  claimedAt: new Date(0),
  method: '카드',
  approvedAt: new Date(0),
  failureCode: null,
  failureMessage: null,
};
/** Seller 1 sold two at 13,500, seller 2 one at 11,000. */
const LINES = [
  { productId: 1, sellerId: 1, name: '포기김치', quantity: 2, unitPrice: 13_500n, amount: 27_000n },
  { productId: 2, sellerId: 2, name: '깍두기', quantity: 1, unitPrice: 11_000n, amount: 11_000n },
];
const SOUND: CancelFacts = { payment: PAYMENT, lines: LINES, cancels: [] };

function cancel(amount: bigint, more: Partial<Cancel> = {}): Cancel {
  return {
    cancelId: 'cancel-1',
    paymentKey: 'key-1',
    orderId: 'order-1',
    amount,
    refundable: 38_000n,
    taxFreeAmount: null,
    reason: '변심',
    shares: [{ sellerId: '1', sold: 27_000n, amount, refunded: amount }],
    items: null,
    status: 'done',
    askedBy: 7,
    claimedAt: new Date(0),
    transactionKey: 'T',
    cancelledAt: new Date(0),
    failureCode: null,
    failureMessage: null,
    ...more,
  };
}

const REFUSED = { payment: { ...PAYMENT, status: 'refused' as const } };
const CONFIRMING = { payment: { ...PAYMENT, status: 'confirming' as const } };
const UNDER_WAY = { cancels: [cancel(1n, { status: 'cancelling' })] };
const ALL_GONE = { payment: { ...PAYMENT, refunded: 38_000n } };
const TOO_MUCH: WantedCancel = { amount: 38_001n };
const NOT_SOLD: WantedCancel = { sellerId: '3', amount: 38_001n };

/** Each row holds its own fault and, where they can meet, all those below it: so the table is the precedence. */
const TABLE: readonly (readonly [string, Partial<CancelFacts>, WantedCancel, string])[] = [
  ['being confirmed', { ...UNDER_WAY, ...CONFIRMING }, NOT_SOLD, 'payment_in_progress'],
  ['refused', { ...UNDER_WAY, ...REFUSED }, NOT_SOLD, 'payment_not_done'],
  ['another under way', { ...ALL_GONE, ...UNDER_WAY }, NOT_SOLD, 'cancel_in_progress'],
  ['all gone back', ALL_GONE, NOT_SOLD, 'payment_cancelled'],
  ['a seller who sold nothing', {}, NOT_SOLD, 'cancel_line_unknown'],
  ['a kimchi that was not sold', {}, { items: [{ kimchiId: 9, quantity: 9 }] }, 'cancel_line_unknown'],
  [
    'a kimchi of another seller',
    {},
    { sellerId: '1', items: [{ kimchiId: 2, quantity: 1 }] },
    'cancel_line_unknown',
  ],
  ['more than is left', {}, TOO_MUCH, 'cancel_exceeds_refundable'],
  ['more than a seller sold', {}, { sellerId: '2', amount: 11_001n }, 'cancel_exceeds_refundable'],
  [
    'more than a seller has left',
    { payment: { ...PAYMENT, refunded: 27_000n }, cancels: [cancel(27_000n)] },
    { sellerId: '1' },
    'cancel_exceeds_refundable',
  ],
  ['more pieces than were sold', {}, { items: [{ kimchiId: 1, quantity: 3 }] }, 'cancel_exceeds_refundable'],
  [
    'a piece that went back before',
    {
      payment: { ...PAYMENT, refunded: 13_500n },
      cancels: [cancel(13_500n, { items: [{ kimchiId: 1, quantity: 1 }] })],
    },
    { items: [{ kimchiId: 1, quantity: 2 }] },
    'cancel_exceeds_refundable',
  ],
  [
    'pieces whose money went back by amount',
    { payment: { ...PAYMENT, refunded: 20_000n }, cancels: [cancel(20_000n)] },
    { items: [{ kimchiId: 1, quantity: 1 }] },
    'cancel_exceeds_refundable',
  ],
];

describe('decideCancel', () => {
  it.each(TABLE)('refuses: %s', (_name, facts, wanted, expected) => {
    expect(codeOf(() => decideCancel(wanted, { ...SOUND, ...facts }))).toBe(expected);
  });

  it.each([
    ['all', {}, 38_000n, { 1: 27_000n, 2: 11_000n }],
    ['an amount, of all sellers', { amount: 3_800n }, 3_800n, { 1: 2_700n, 2: 1_100n }],
    ['all of a seller', { sellerId: '2' }, 11_000n, { 2: 11_000n }],
    ['an amount of a seller', { sellerId: '2', amount: 1_000n }, 1_000n, { 2: 1_000n }],
    ['pieces', { items: [{ kimchiId: 1, quantity: 1 }] }, 13_500n, { 1: 13_500n }],
    [
      'pieces of several',
      {
        items: [
          { kimchiId: 1, quantity: 2 },
          { kimchiId: 2, quantity: 1 },
        ],
      },
      38_000n,
      { 1: 27_000n, 2: 11_000n },
    ],
  ])('gives back %s', (_name, wanted, amount, shares) => {
    const decided = decideCancel(wanted, SOUND);
    expect(decided).toMatchObject({ amount, refundable: 38_000n });
    expect(Object.fromEntries(decided.shares.map((share) => [share.sellerId, share.amount]))).toEqual(shares);
  });

  it.each([
    ['all that is left: the provider knows', {}, null],
    ['a taxed piece', { items: [{ kimchiId: 1, quantity: 1 }] }, 0n],
    ['a piece that bears no VAT', { items: [{ kimchiId: 2, quantity: 1 }] }, 11_000n],
    ['an amount, as much as of what was sold', { amount: 3_800n }, 1_100n],
    ['an amount of a seller of such only', { sellerId: '2', amount: 500n }, 500n],
  ])('says what bears no VAT of %s', (_name, wanted, expected) => {
    const [first, second] = LINES;
    const lines = [first, second && { ...second, isTaxFree: true }].flatMap((line) => line ?? []);
    expect(decideCancel(wanted, { ...SOUND, lines }).taxFreeAmount).toBe(expected);
  });

  it('begins where the cancels before it ended', () => {
    const facts = { ...SOUND, payment: { ...PAYMENT, refunded: 9_000n }, cancels: [cancel(9_000n)] };
    expect(decideCancel({}, facts)).toEqual({
      amount: 29_000n,
      refundable: 29_000n,
      taxFreeAmount: null,
      shares: [
        { sellerId: '1', sold: 27_000n, amount: 18_000n, refunded: 27_000n },
        { sellerId: '2', sold: 11_000n, amount: 11_000n, refunded: 11_000n },
      ],
      items: null,
    });
  });
});

function codeOf(decide: () => unknown): string {
  try {
    decide();
    return 'decided';
  } catch (error) {
    if (error instanceof ShopError) return error.code;
    throw error;
  }
}
