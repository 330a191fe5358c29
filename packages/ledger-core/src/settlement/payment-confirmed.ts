import type { Handler, Plan } from '../inbox/handler.ts';
import { credit, debit, type Entry } from '../journal/entry.ts';
import { formatMoney, type Money, money } from '../money/money.ts';
import type { DeliveredEvent, NewEvent } from '../outbox/event.ts';
import { malformedEvent, readInstant, readPayload, readSellers, traceOf } from './event-payload.ts';
import { DEFAULT_FEE_POLICY, type FeePolicy, splitSale } from './fee-policy.ts';
import { settlementAccounts } from './settlement-accounts.ts';

/** A payment that the provider has approved, as its outbox event tells it. Amounts are text in major units. */
export interface PaymentConfirmed {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amount: string;
  /** ISO 8601, UTC. */
  readonly approvedAt: string;
  /** What each seller sold. They sum to the amount. */
  readonly shares: readonly { readonly sellerId: string; readonly amount: string }[];
}

/** The consumer under whose name settlements are applied. */
export const SETTLEMENT_CONSUMER = 'settlement';

/** The type and version of the event that says that a payment was confirmed. */
export const PAYMENT_CONFIRMED = { eventType: 'PaymentConfirmed', eventVersion: 1 } as const;

/** The outbox event of a confirmed payment, to be written in the transaction that confirms it. */
export function paymentConfirmedEvent(
  payment: PaymentConfirmed,
  headers?: Readonly<Record<string, string>>,
): NewEvent {
  return {
    aggregateType: 'payment',
    aggregateId: payment.paymentKey,
    ...PAYMENT_CONFIRMED,
    payload: { ...payment },
    ...(headers === undefined ? {} : { headers }),
  };
}

/**
 * Settles a payment: for each seller one entry that debits the receivable from the provider with the gross, and credits the
 * seller's pending wallet, the platform's fee revenue and the VAT payable. Linked: all sellers of a payment, or none.
 */
export function settlePayment(policy: FeePolicy = DEFAULT_FEE_POLICY): Handler {
  return (event) => {
    const payment = readPayment(event);
    const plans = payment.shares.map((share) => settleShare(payment, share, event, policy));
    return {
      accounts: plans.flatMap(({ accounts }) => accounts),
      entries: plans.flatMap(({ entries }) => entries),
    };
  };
}

function settleShare(
  payment: ReturnType<typeof readPayment>,
  share: { sellerId: string; gross: Money },
  event: DeliveredEvent,
  policy: FeePolicy,
): Plan {
  const { gross, fee, vat, net } = splitSale(share.gross, policy);
  const receivable = settlementAccounts.receivable(gross.currency);
  const credits = [
    { opening: settlementAccounts.sellerPending(share.sellerId, gross.currency), amount: net },
    { opening: settlementAccounts.feeRevenue(gross.currency), amount: fee },
    { opening: settlementAccounts.vatPayable(gross.currency), amount: vat },
    // A sale of a few won has no fee to speak of, and a line of zero says nothing.
  ].filter(({ amount }) => amount.minor > 0n);
  const entry: Entry = {
    idempotencyKey: `settlement:${event.eventId}:${share.sellerId}`,
    kind: 'settlement',
    description: `Order ${payment.orderId}, seller ${share.sellerId}`,
    effectiveAt: payment.approvedAt,
    eventId: event.eventId,
    metadata: {
      orderId: payment.orderId,
      paymentKey: payment.paymentKey,
      sellerId: share.sellerId,
      outboxSeq: event.seq.toString(),
      ...traceOf(event),
    },
    lines: [
      debit(receivable.code, gross),
      ...credits.map(({ opening, amount }) => credit(opening.code, amount)),
    ],
  };
  return { accounts: [receivable, ...credits.map(({ opening }) => opening)], entries: [entry] };
}

/** @throws LedgerError `event_malformed` */
function readPayment(event: DeliveredEvent) {
  const malformed = malformedEvent(event);
  const { paymentKey, orderId, currency, amount, approvedAt, shares } = readPayload<PaymentConfirmed>(event);
  if (typeof paymentKey !== 'string' || typeof orderId !== 'string')
    throw malformed('paymentKey and orderId must be text');
  if (typeof currency !== 'string' || typeof amount !== 'string')
    throw malformed('currency and amount must be text');
  const instant = readInstant(event, 'approvedAt', approvedAt);
  const total = money(amount, currency);
  const read = readSellers(event, shares).map(({ sellerId, amount: part }) => {
    const gross = money(part, currency);
    if (gross.minor <= 0n) throw malformed('each share must be above zero');
    return { sellerId, gross };
  });
  const sum = read.reduce((whole, { gross }) => whole + gross.minor, 0n);
  if (sum !== total.minor) throw malformed(`the shares do not sum to ${formatMoney(total)}`);
  return { paymentKey, orderId, approvedAt: instant, shares: read };
}
