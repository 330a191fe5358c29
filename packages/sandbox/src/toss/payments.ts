import { applyEvent, openedPayment, type Payment, type PaymentEvent } from './payment.ts';

/** One page, and where the next begins; undefined where there is no more. */
export interface PaymentPage {
  readonly payments: readonly Payment[];
  readonly nextCursor: number | undefined;
}

/** All payments, in the order in which they were opened. Beyond `largest` the oldest are forgotten, a tenth at a time. */
export class Payments {
  readonly #byKey = new Map<string, Payment>();
  readonly #keyByOrder = new Map<string, string>();
  #keys: string[] = [];
  /** How many keys were forgotten: a cursor counts from the first payment ever. */
  #forgottenCount = 0;
  readonly #largest: number;

  constructor(largest: number) {
    this.#largest = largest;
  }

  find(paymentKey: string): Payment | undefined {
    return this.#byKey.get(paymentKey);
  }

  /** The payment that was approved for the order; where none was, the one opened last. */
  findByOrder(orderId: string): Payment | undefined {
    const paymentKey = this.#keyByOrder.get(orderId);
    return paymentKey === undefined ? undefined : this.#byKey.get(paymentKey);
  }

  /** Returns the payment as it is after the event; undefined where the payment is not known (any more). */
  apply(event: PaymentEvent): Payment | undefined {
    const before = this.#byKey.get(event.paymentKey);
    if (event.kind !== 'opened' && before === undefined) return undefined;
    const after =
      event.kind === 'opened'
        ? openedPayment(event)
        : before === undefined
          ? undefined
          : applyEvent(before, event);
    if (after === undefined) return undefined;
    if (before === undefined) this.#keys.push(after.paymentKey);
    this.#byKey.set(after.paymentKey, after);
    this.#noteOrder(after);
    this.#forgetOldest();
    return after;
  }

  page({ cursor, limit, accepts }: PageRequest): PaymentPage {
    const payments: Payment[] = [];
    let index = Math.max(0, cursor - this.#forgottenCount);
    for (; index < this.#keys.length && payments.length < limit; index++) {
      const payment = this.#byKey.get(this.#keys[index] ?? '');
      if (payment !== undefined && accepts(payment)) payments.push(payment);
    }
    const nextCursor = index < this.#keys.length ? index + this.#forgottenCount : undefined;
    return { payments, nextCursor };
  }

  #noteOrder(payment: Payment): void {
    const noted = this.findByOrder(payment.orderId);
    if (noted?.approvedAt == null || payment.approvedAt !== null) {
      this.#keyByOrder.set(payment.orderId, payment.paymentKey);
    }
  }

  #forgetOldest(): void {
    if (this.#keys.length < this.#largest * 1.1) return;
    const forgotten = this.#keys.splice(0, this.#keys.length - this.#largest);
    this.#forgottenCount += forgotten.length;
    for (const paymentKey of forgotten) {
      const orderId = this.#byKey.get(paymentKey)?.orderId ?? '';
      if (this.#keyByOrder.get(orderId) === paymentKey) this.#keyByOrder.delete(orderId);
      this.#byKey.delete(paymentKey);
    }
  }
}

export interface PageRequest {
  readonly cursor: number;
  readonly limit: number;
  readonly accepts: (payment: Payment) => boolean;
}
