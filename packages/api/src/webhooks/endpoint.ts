/** What an endpoint can be told of, by the types in what it is sent. */
export const WEBHOOK_TYPES = ['payment.confirmed', 'payment.cancelled'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** Where a merchant is told what happened. */
export interface Endpoint {
  readonly endpointId: string;
  /** Whose events it gets; null: everybody's. */
  readonly sellerId: number | null;
  readonly createdBy: number;
  readonly url: string;
  readonly eventTypes: readonly WebhookType[];
  readonly description: string;
  readonly status: 'active' | 'disabled';
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

/** What signs what an endpoint is sent. */
export interface Secrets {
  readonly secret: Buffer;
  /** The one before, while it still signs as well. */
  readonly old: Buffer | null;
  readonly oldUntil: Date | null;
}

/** A rotated secret signs for so long beside the new one. */
export const OLD_SECRET_SIGNS_MS = 24 * 3_600_000;
