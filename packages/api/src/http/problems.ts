import { isConnectionLoss, isContention, isFull, isReadOnly, LedgerError } from '@jangbu/ledger-core';
import { ShopError } from '../errors.ts';
import { PROBLEMS, type ProblemKind } from './problem-table.ts';

/** A problem of RFC 9457, ready to be sent. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** Turns whatever was thrown into a problem. Errors that nobody foresaw tell the client nothing but their request's id. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = recognise(error);
  const kind: ProblemKind = PROBLEMS[known.code] ?? PROBLEMS.internal_error;
  const isOurs = kind.status === 500;
  return {
    status: kind.status,
    headers: {
      ...retryAfter(kind, known.details),
      ...(kind.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(typeof known.details['allow'] === 'string' ? { Allow: known.details['allow'] } : {}),
    },
    body: {
      // The standard members come last, so that no detail can take their place.
      ...(isOurs ? {} : known.details),
      type: `/problems/${known.code}`,
      title: kind.title,
      status: kind.status,
      detail: isOurs ? 'The request was not carried out; its id finds the cause in the log.' : known.message,
      instance: requestId,
      code: known.code,
    },
  };
}

/** A detail knows better than the table. */
function retryAfter(kind: ProblemKind, { retryAfterSeconds }: Readonly<Record<string, unknown>>) {
  const seconds = typeof retryAfterSeconds === 'number' ? retryAfterSeconds : kind.retryAfter;
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
}

function recognise(error: unknown): ShopError | LedgerError {
  if (error instanceof ShopError || error instanceof LedgerError) return error;
  if (isConnectionLoss(error)) {
    return new LedgerError('database_unreachable', 'The database does not answer; try again later.');
  }
  // What a statement that commits by itself meets; transactions have tried again before they say so.
  if (isContention(error)) return new LedgerError('database_busy', 'The database is busy; try again.');
  if (isReadOnly(error)) return new LedgerError('database_read_only', 'The database takes no writes now.');
  if (isFull(error)) return new LedgerError('database_full', 'The database has no room left.');
  return recogniseHttpError(error) ?? new ShopError('internal_error', 'Nobody foresaw this error.');
}

/** What Express and its body parser throw: they name it in `type`, or give only a status. */
function recogniseHttpError(error: unknown): ShopError | undefined {
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  switch (type) {
    case 'entity.too.large':
      return new ShopError('body_too_large', 'A body may have 64 KiB at most.');
    case 'entity.parse.failed':
      return new ShopError('json_malformed', 'The body cannot be read as a JSON object.');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new ShopError('media_type_unsupported', 'Send the body as JSON in UTF-8, plain or gzipped.');
  }
  const isClients = status !== undefined && status >= 400 && status < 500;
  return isClients ? new ShopError('request_invalid', 'The request cannot be read.') : undefined;
}
