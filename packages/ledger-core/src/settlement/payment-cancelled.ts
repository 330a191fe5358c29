import type { Handler } from '../inbox/handler.ts';
import { credit, debit, type Entry } from '../journal/entry.ts';
import { formatMoney, type Money, minorUnits, money } from '../money/money.ts';
import type { DeliveredEvent, NewEvent } from '../outbox/event.ts';
import { malformedEvent, readInstant, readPayload, readSellers, traceOf } from './event-payload.ts';
import { DEFAULT_FEE_POLICY, type FeePolicy } from './fee-policy.ts';
import { splitRefund } from './refund-split.ts';
import { settlementAccounts } from './settlement-accounts.ts';

/**
 * A payment of which the provider gave money back, as its outbox event tells it: one event for each cancel, the last of them
 * perhaps of all that was left. Amounts are text in major units.
 */
export interface PaymentCancelled {
  readonly paymentKey: string;
  readonly orderId: string;
  /** The shop's name for this cancel, and the provider's. */
  readonly cancelId: string;
  readonly transactionKey: string;
  readonly currency: string;
  /** What this cancel gives back. */
  readonly amount: string;
  /** What was paid, and what of it is given back by now, with this cancel. */
  readonly paid: string;
  readonly refunded: string;
  /** ISO 8601, UTC. */
  readonly cancelledAt: string;
  /**
   * What each seller gives back: `sold` of the payment at first, `amount` by this cancel, `refunded` by now, with this cancel. The
   * amounts sum to the cancel's. Sellers who give back nothing are left out.
   */
  readonly shares: readonly {
    readonly sellerId: string;
    readonly sold: string;
    readonly amount: string;
    readonly refunded: string;
  }[];
}

/** The type and version of the event that says that money of a payment went back. */
export const PAYMENT_CANCELLED = { eventType: 'PaymentCancelled', eventVersion: 1 } as const;

/** The outbox event of a cancel, to be written in the transaction that records it. */
export function paymentCancelledEvent(
  cancel: PaymentCancelled,
  headers?: Readonly<Record<string, string>>,
): NewEvent {
  return {
    // The payment's own aggregate, so that no cancel is applied before what it gives back.
    aggregateType: 'payment',
    aggregateId: cancel.paymentKey,
    ...PAYMENT_CANCELLED,
    payload: { ...cancel },
    ...(headers === undefined ? {} : { headers }),
  };
}

/**
 * Gives a cancel back: for each seller one entry that credits the receivable from the provider, and takes of the seller's pending
 * wallet, the platform's fee revenue and the VAT payable what the seller's sale gave them beyond what a sale of the rest would give.
 * Linked: all sellers of a cancel, or none. It opens no account: what is given back was settled before.
 */
export function refundPayment(policy: FeePolicy = DEFAULT_FEE_POLICY): Handler {
  return (event) => {
    const cancel = readCancel(event);
    return { accounts: [], entries: cancel.shares.map((share) => refundShare(cancel, share, event, policy)) };
  };
}

type Cancel = ReturnType<typeof readCancel>;

function refundShare(
  cancel: Cancel,
  share: Cancel['shares'][number],
  event: DeliveredEvent,
  policy: FeePolicy,
): Entry {
  const { sellerId } = share;
  const { gross, fee, vat, net } = splitRefund(share, policy);
  const { currency } = gross;
  const { orderId, paymentKey, cancelId } = cancel;
  const parts = [
    { account: settlementAccounts.sellerPending(sellerId, currency).code, amount: net },
    { account: settlementAccounts.feeRevenue(currency).code, amount: fee },
    { account: settlementAccounts.vatPayable(currency).code, amount: vat },
  ];
  return {
    idempotencyKey: `refund:${event.eventId}:${sellerId}`,
    kind: 'refund',
    description: `Refund of order ${orderId}, seller ${sellerId}`,
    effectiveAt: cancel.cancelledAt,
    eventId: event.eventId,
    metadata: {
      orderId,
      paymentKey,
      sellerId,
      cancelId,
      outboxSeq: event.seq.toString(),
      ...traceOf(event),
    },
    lines: [
      ...parts.flatMap(({ account, amount }) => takenBack(account, amount)),
      credit(settlementAccounts.receivable(currency).code, gross),
    ],
  };
}

/** Of a few won the rounding can go the other way: a part then gets a won instead of giving one. */
function takenBack(account: string, amount: Money) {
  if (amount.minor === 0n) return [];
  return amount.minor > 0n
    ? [debit(account, amount)]
    : [credit(account, minorUnits(-amount.minor, amount.currency))];
}

/** @throws LedgerError `event_malformed` */
function readCancel(event: DeliveredEvent) {
  const malformed = malformedEvent(event);
  const { paymentKey, orderId, cancelId, currency, amount, cancelledAt, shares } =
    readPayload<PaymentCancelled>(event);
  if (typeof paymentKey !== 'string' || typeof orderId !== 'string' || typeof cancelId !== 'string')
    throw malformed('paymentKey, orderId and cancelId must be text');
  if (typeof currency !== 'string' || typeof amount !== 'string')
    throw malformed('currency and amount must be text');
  const instant = readInstant(event, 'cancelledAt', cancelledAt);
  const total = money(amount, currency);
  const read = readSellers(event, shares).map((share) => {
    const [sold, gross, refunded] = [share.sold, share.amount, share.refunded].map((part) =>
      money(part, currency),
    ) as [Money, Money, Money];
    if (gross.minor <= 0n) throw malformed('each share must be above zero');
    if (gross.minor > refunded.minor || refunded.minor > sold.minor)
      throw malformed('a share gives back more than was sold');
    return { sellerId: share.sellerId, sold, refunded, gross };
  });
  const sum = read.reduce((whole, { gross }) => whole + gross.minor, 0n);
  if (sum !== total.minor) throw malformed(`the shares do not sum to ${formatMoney(total)}`);
  return { paymentKey, orderId, cancelId, cancelledAt: instant, shares: read };
}
