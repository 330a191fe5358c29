export const DELIVERY_STATUSES = ['waiting', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What an endpoint is to be told, or was: one for each event, however often it is sent. */
export interface Delivery {
  readonly deliveryId: bigint;
  readonly endpointId: string;
  /** What a receiver knows it by, whichever attempt gets through. */
  readonly eventId: string;
  readonly eventType: string;
  readonly outboxSeq: bigint;
  readonly status: DeliveryStatus;
  readonly attemptCount: number;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Why it is dead, or what came back the last time. */
  readonly reason: string | null;
}

export interface Attempt {
  readonly attemptedAt: Date;
  readonly tookMs: number;
  readonly httpStatus: number | null;
  readonly error: string | null;
}
