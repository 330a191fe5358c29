import {
  type DeliveredEvent,
  PAYMENT_CANCELLED,
  PAYMENT_CONFIRMED,
  type PaymentCancelled,
  type PaymentConfirmed,
} from '@jangbu/ledger-core';
import type { Endpoint, WebhookType } from './endpoint.ts';

/** What is sent, before it is text. docs/reference/webhooks.md tells each type's `data`. */
export interface WebhookBody {
  readonly type: WebhookType | 'ping';
  /** Of the shape of `data`. */
  readonly version: number;
  /** When it happened. */
  readonly timestamp: string;
  /** The event's place in the outbox; null for a ping. */
  readonly seq: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What an endpoint is told of an event; undefined where it is told nothing. A seller is told of its own part, and of nobody else's; the
 * paymentKey, which opens a payment at the provider, only whoever sees all of it.
 */
export function messageFor(
  event: DeliveredEvent,
  { sellerId, eventTypes }: Pick<Endpoint, 'sellerId' | 'eventTypes'>,
): WebhookBody | undefined {
  const told = readEvent(event);
  if (told === undefined || !eventTypes.includes(told.type)) return undefined;
  const data = sellerId === null ? told.all : told.ofSeller(String(sellerId));
  if (data === undefined) return undefined;
  return { type: told.type, version: 1, timestamp: told.at, seq: event.seq.toString(), data };
}

interface Told {
  readonly type: WebhookType;
  readonly at: string;
  readonly all: Readonly<Record<string, unknown>>;
  readonly ofSeller: (sellerId: string) => Readonly<Record<string, unknown>> | undefined;
}

function readEvent(event: DeliveredEvent): Told | undefined {
  if (isOf(event, PAYMENT_CONFIRMED)) {
    const payment: PaymentConfirmed = JSON.parse(event.payload);
    const { orderId, currency, approvedAt, shares } = payment;
    return {
      type: 'payment.confirmed',
      at: approvedAt,
      all: { ...payment },
      ofSeller(sellerId) {
        const share = shares.find((one) => one.sellerId === sellerId);
        return share && { orderId, sellerId, currency, amount: share.amount, approvedAt };
      },
    };
  }
  if (isOf(event, PAYMENT_CANCELLED)) {
    const cancel: PaymentCancelled = JSON.parse(event.payload);
    const { orderId, cancelId, currency, cancelledAt, shares } = cancel;
    return {
      type: 'payment.cancelled',
      at: cancelledAt,
      all: { ...cancel },
      ofSeller(sellerId) {
        const share = shares.find((one) => one.sellerId === sellerId);
        return share && { orderId, cancelId, currency, cancelledAt, ...share };
      },
    };
  }
  return undefined;
}

function isOf(event: DeliveredEvent, type: { eventType: string; eventVersion: number }): boolean {
  return event.eventType === type.eventType && event.eventVersion === type.eventVersion;
}

export function pingMessage(now: Date): WebhookBody {
  return { type: 'ping', version: 1, timestamp: now.toISOString(), seq: null, data: {} };
}
