import { PROBLEMS } from '../problem-table.ts';
import type { ProblemCode, Route } from '../route.ts';

/** What any route may answer. */
const OF_ALL: readonly ProblemCode[] = [
  'internal_error',
  'database_busy',
  'database_full',
  'database_read_only',
  'database_unreachable',
];
const OF_BODY: readonly ProblemCode[] = [
  'media_type_unsupported',
  'body_too_large',
  'json_malformed',
  'request_invalid',
];
const OF_KEY: readonly ProblemCode[] = ['request_invalid', 'idempotency_conflict', 'idempotency_in_flight'];

/** What refuses a request that comes to no route, or not whole. */
export const OF_NO_ROUTE: readonly ProblemCode[] = [
  'method_not_allowed',
  'headers_too_large',
  'request_timed_out',
];

/** Every code that a route may refuse with: those that follow from its definition, and its own. */
export function problemsOf(route: Route): ProblemCode[] {
  const { access, body, idempotency, params, problems, query } = route;
  return [
    ...new Set([
      ...ofAccess(route),
      ...(route.isLimited || access !== 'anyone' ? (['rate_limited'] as const) : []),
      ...(body === undefined ? [] : OF_BODY),
      ...(body === undefined || body.safeParse(undefined).success ? [] : (['body_missing'] as const)),
      ...(params === undefined && query === undefined ? [] : (['request_invalid'] as const)),
      ...(idempotency === 'none' ? [] : OF_KEY),
      ...problems,
      ...OF_ALL,
    ]),
  ];
}

function ofAccess({ access, method }: Route): ProblemCode[] {
  if (access === 'anyone') return [];
  return [
    'credentials_invalid',
    ...(method === 'get' ? [] : (['request_forged'] as const)),
    ...(access === 'guests' ? [] : (['credentials_missing'] as const)),
    ...(typeof access === 'string' ? [] : (['role_missing'] as const)),
  ];
}

/** The same by status, in rising order. */
export function problemsByStatus(route: Route): [number, ProblemCode[]][] {
  const byStatus = Map.groupBy(problemsOf(route), (code) => PROBLEMS[code].status);
  return [...byStatus].sort(([a], [b]) => a - b);
}
