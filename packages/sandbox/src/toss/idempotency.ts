/** TossPayments keeps a key for 15 days from its first use. */
export const KEPT_MS = 15 * 24 * 60 * 60 * 1000;
export const LONGEST_KEY = 300;

export interface RememberedRequest<Answer> {
  readonly firstUsedAt: Date;
  /** Absent while the first request is being processed. */
  readonly answer?: Answer;
}

export type IdempotencyDecision<Answer> =
  | { readonly decision: 'process' }
  | { readonly decision: 'replay'; readonly answer: Answer }
  | {
      readonly decision: 'refuse';
      readonly code: 'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENT_REQUEST_PROCESSING';
    };

/**
 * What to do with a request under an idempotency key. The provider matches key, API key, URL and method, and not the body: another
 * body under the same key gets the first one's answer. Every first answer is given again, errors too, whatever their status.
 */
export function decideIdempotency<Answer>(
  key: string,
  remembered: RememberedRequest<Answer> | undefined,
  now: Date,
): IdempotencyDecision<Answer> {
  if (key.length > LONGEST_KEY) return { decision: 'refuse', code: 'INVALID_IDEMPOTENCY_KEY' };
  if (remembered === undefined || hasLapsed(remembered, now)) return { decision: 'process' };
  if (remembered.answer === undefined) return { decision: 'refuse', code: 'IDEMPOTENT_REQUEST_PROCESSING' };
  return { decision: 'replay', answer: remembered.answer };
}

export function hasLapsed({ firstUsedAt }: RememberedRequest<unknown>, now: Date): boolean {
  return now.getTime() - firstUsedAt.getTime() >= KEPT_MS;
}
