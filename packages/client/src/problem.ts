import { ApiError } from './api-error.ts';
import type { Schemas } from './call-types.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json | undefined;
  readonly idempotencyKey: string | undefined;
}

/** The error that an answer comes to: the API's problem, or that something else answered, such as a proxy on the way. */
export function problemOf({ status, headers, json, idempotencyKey }: Refusal): ApiError {
  const requestId = headers.get('X-Request-Id') ?? undefined;
  const common = { status, requestId, idempotencyKey, retryAfterMs: retryAfterMsOf(headers) };
  if (typeof json?.['code'] !== 'string') {
    const message = `What answered with ${status} is not the API, or its answer was changed on the way.`;
    return new ApiError({ ...common, code: 'unreadable', message });
  }
  const problem = json as unknown as Schemas['Problem'];
  return new ApiError({ ...common, code: problem.code, message: problem.detail ?? problem.code, problem });
}

/** Seconds, as the API sends them; what a proxy writes as a date is passed over. */
function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** Undefined for what is no JSON object. */
export function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
