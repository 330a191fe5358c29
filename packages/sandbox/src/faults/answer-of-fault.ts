import type { ApiAnswer } from '../http/exchange.ts';
import type { Fault } from './fault.ts';

/** What is answered in place of the provider; undefined for a fault that only takes time or cuts the connection. */
export function answerOfFault(
  { status, code, garble }: Fault,
  errorOf: (status: number, code: string) => ApiAnswer,
): ApiAnswer | undefined {
  if (garble !== undefined) return { status: status ?? 200, ...GARBLED[garble] };
  return status === undefined ? undefined : errorOf(status, code);
}

/** What comes instead of what was asked for: a gateway's page, an answer that ends too early, and JSON of something else. */
const GARBLED = {
  html: { body: undefined, page: '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>' },
  'cut-json': { body: undefined, raw: '{"total":3,"items":[{"title":"포기김' },
  'other-json': { body: { items: 'none', total: 'many', status: { ok: 1 } } },
} as const satisfies Record<NonNullable<Fault['garble']>, Omit<ApiAnswer, 'status'>>;
