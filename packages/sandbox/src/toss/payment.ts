import type { TossError } from './errors.ts';

export type PaymentStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'WAITING_FOR_DEPOSIT'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

export const METHODS = ['카드', '가상계좌', '간편결제', '휴대폰', '계좌이체', '상품권'] as const;
export type Method = (typeof METHODS)[number];

export interface Cancel {
  readonly transactionKey: string;
  readonly cancelReason: string;
  readonly cancelAmount: number;
  readonly taxFreeAmount: number;
  /** What could still be refunded after it. */
  readonly refundableAmount: number;
  readonly canceledAt: Date;
}

/** One payment, never changed in place: an answer that was given can be kept and given again. Amounts are counts of won. */
export interface Payment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName: string | null;
  readonly method: Method;
  readonly totalAmount: number;
  readonly taxFreeAmount: number;
  readonly status: PaymentStatus;
  readonly authenticatedAt: Date;
  readonly approvedAt: Date | null;
  readonly lastTransactionKey: string | null;
  readonly cancels: readonly Cancel[];
  readonly failure: TossError | null;
  /** Set where the buyer's card was chosen to refuse: the code that a confirm gets. */
  readonly refusesWith: string | null;
}

/** What happened to a payment. Events are what the state file keeps, so instants in them are ISO strings. */
export type PaymentEvent =
  | {
      readonly kind: 'opened';
      readonly paymentKey: string;
      readonly orderId: string;
      readonly orderName: string;
      readonly customerName: string | null;
      readonly method: Method;
      readonly amount: number;
      readonly taxFreeAmount: number;
      readonly refusesWith: string | null;
      readonly at: string;
    }
  | {
      readonly kind: 'approved';
      readonly paymentKey: string;
      readonly transactionKey: string;
      readonly at: string;
    }
  | { readonly kind: 'aborted'; readonly paymentKey: string; readonly failure: TossError }
  | {
      readonly kind: 'canceled';
      readonly paymentKey: string;
      readonly transactionKey: string;
      readonly reason: string;
      readonly amount: number;
      readonly taxFreeAmount: number;
      readonly at: string;
    };

export function openedPayment(event: Extract<PaymentEvent, { kind: 'opened' }>): Payment {
  const { paymentKey, orderId, orderName, customerName, method, amount, taxFreeAmount, refusesWith } = event;
  return {
    paymentKey,
    orderId,
    orderName,
    customerName,
    method,
    totalAmount: amount,
    taxFreeAmount,
    status: 'IN_PROGRESS',
    authenticatedAt: new Date(event.at),
    approvedAt: null,
    lastTransactionKey: null,
    cancels: [],
    failure: null,
    refusesWith,
  };
}

export function applyEvent(payment: Payment, event: Exclude<PaymentEvent, { kind: 'opened' }>): Payment {
  switch (event.kind) {
    case 'approved':
      // A virtual account is only issued by the confirm; the money comes when the buyer transfers it.
      return payment.method === '가상계좌'
        ? { ...payment, status: 'WAITING_FOR_DEPOSIT', lastTransactionKey: event.transactionKey }
        : {
            ...payment,
            status: 'DONE',
            approvedAt: new Date(event.at),
            lastTransactionKey: event.transactionKey,
          };
    case 'aborted':
      return { ...payment, status: 'ABORTED', failure: event.failure };
    case 'canceled':
      return canceled(payment, event);
  }
}

function canceled(payment: Payment, event: Extract<PaymentEvent, { kind: 'canceled' }>): Payment {
  const isWhole = event.amount === payment.totalAmount;
  return {
    ...payment,
    // Measured by others on the provider: partial cancels that add up to everything leave it PARTIAL_CANCELED with nothing left.
    status: isWhole ? 'CANCELED' : 'PARTIAL_CANCELED',
    lastTransactionKey: event.transactionKey,
    cancels: [
      ...payment.cancels,
      {
        transactionKey: event.transactionKey,
        cancelReason: event.reason,
        cancelAmount: event.amount,
        taxFreeAmount: event.taxFreeAmount,
        refundableAmount: balanceOf(payment) - event.amount,
        canceledAt: new Date(event.at),
      },
    ],
  };
}

/** What of the payment was not cancelled, in won. */
export function balanceOf(payment: Payment): number {
  return payment.totalAmount - payment.cancels.reduce((sum, { cancelAmount }) => sum + cancelAmount, 0);
}

export function taxFreeBalanceOf(payment: Payment): number {
  return payment.taxFreeAmount - payment.cancels.reduce((sum, { taxFreeAmount }) => sum + taxFreeAmount, 0);
}

const EXPIRES_AFTER_MS = 30 * 60 * 1000;

/** The status at an instant: a payment that nobody confirmed runs out by itself, half an hour after it began. */
export function statusAt(payment: Payment, now: Date): PaymentStatus {
  const hasRunOut = now.getTime() - payment.authenticatedAt.getTime() > EXPIRES_AFTER_MS;
  return payment.status === 'IN_PROGRESS' && hasRunOut ? 'EXPIRED' : payment.status;
}
