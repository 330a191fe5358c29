import type { ProblemCode, Schemas } from './call-types.ts';

/**
 * Every code that an `ApiError` of this version's API can have. Two are the client's own: `unreachable`, when no answer came, and
 * `unreadable`, when something that is not the API answered in its place. An API that is newer than the client may send another.
 */
export type ApiErrorCode = ProblemCode | 'unreachable' | 'unreadable';

export interface ApiErrorParts {
  readonly code: ApiErrorCode;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly problem?: Schemas['Problem'] | undefined;
  readonly cause?: unknown;
}

/** A refusal of the API, or that there was no answer of it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** For programs; it does not change. */
  readonly code: ApiErrorCode;
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Finds the request in the API's log. */
  readonly requestId: string | undefined;
  /** After which the API says that the same call makes sense. */
  readonly retryAfterMs: number | undefined;
  /** Given to the same call later, it makes that and this one and the same: whatever became of this one happens once. */
  readonly idempotencyKey: string | undefined;
  /** With `request_invalid`: each field that is wrong. */
  readonly errors: NonNullable<Schemas['Problem']['errors']>;
  /** All of what the API said; some problems have details of their own. */
  readonly problem: (Schemas['Problem'] & Readonly<Record<string, unknown>>) | undefined;

  constructor(parts: ApiErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = parts.code;
    this.status = parts.status ?? 0;
    this.requestId = parts.requestId;
    this.retryAfterMs = parts.retryAfterMs;
    this.idempotencyKey = parts.idempotencyKey;
    this.errors = parts.problem?.errors ?? [];
    this.problem = parts.problem;
  }
}

/** Whether what was caught is the API's refusal with one of these codes; without any, whether it is an `ApiError` at all. */
export function isApiError(error: unknown, ...codes: readonly ApiErrorCode[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}
