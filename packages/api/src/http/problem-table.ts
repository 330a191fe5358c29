import type { LedgerErrorCode } from '@jangbu/ledger-core';
import type { ShopErrorCode } from '../errors.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

/** The one place where a code becomes an HTTP status. Whatever is not here is an internal error. */
export const PROBLEMS: Readonly<Record<ShopErrorCode | LedgerErrorCode, ProblemKind>> = {
  route_unknown: { status: 404, title: 'No such route' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  credentials_missing: { status: 401, title: 'Credentials are missing' },
  media_type_unsupported: { status: 415, title: 'The body is not JSON in UTF-8' },
  body_missing: { status: 400, title: 'The body is missing' },
  body_too_large: { status: 413, title: 'The body is too large' },
  json_malformed: { status: 400, title: 'The body is not valid JSON' },
  request_invalid: { status: 400, title: 'The request is invalid' },
  format_unsupported: { status: 400, title: 'The format is not supported' },
  idempotency_conflict: { status: 422, title: 'The idempotency key was used for another request' },
  idempotency_in_flight: {
    status: 409,
    title: 'The first request with this key is under way',
    retryAfter: 1,
  },

  cart_unknown: { status: 404, title: 'No such cart' },
  member_unknown: { status: 404, title: 'No such member' },
  product_unknown: { status: 404, title: 'No such product' },
  seller_unknown: { status: 404, title: 'No such seller' },
  order_unknown: { status: 404, title: 'No such order' },
  payment_unknown: { status: 404, title: 'No such payment' },

  amount_mismatch: { status: 422, title: 'The amount is not the order’s' },
  payment_in_progress: { status: 409, title: 'A payment of this order is under way', retryAfter: 1 },
  payment_key_used: { status: 409, title: 'The paymentKey belongs to another order' },
  payment_refused: { status: 402, title: 'The payment was refused' },
  payment_provider_unavailable: {
    status: 503,
    title: 'The payment provider does not answer',
    retryAfter: 30,
  },
  payment_recording_delayed: { status: 503, title: 'The payment will be recorded shortly', retryAfter: 5 },
  order_already_paid: { status: 409, title: 'The order is paid already' },
  order_cancelled: { status: 409, title: 'The order is cancelled' },

  not_ready: { status: 503, title: 'The service is not ready', retryAfter: 5 },
  internal_error: { status: 500, title: 'Something went wrong here' },

  money_malformed: { status: 400, title: 'The amount is malformed' },
  money_too_many_decimals: { status: 400, title: 'The amount has too many decimals' },
  money_out_of_range: { status: 422, title: 'The amount is out of range' },
  currency_unknown: { status: 422, title: 'The currency is unknown' },
  currency_conflict: { status: 409, title: 'The currency is registered differently' },
  split_impossible: { status: 422, title: 'The amount cannot be split so' },
  rate_malformed: { status: 400, title: 'The rate is malformed' },
  rounding_mode_unknown: { status: 400, title: 'No such rounding mode' },
  account_code_malformed: { status: 400, title: 'The account code is malformed' },
  account_malformed: { status: 400, title: 'The account is malformed' },
  account_unknown: { status: 404, title: 'No such account' },
  account_conflict: { status: 409, title: 'The account is another kind of account' },
  account_frozen: { status: 409, title: 'The account is frozen' },
  account_closed: { status: 409, title: 'The account is closed' },
  account_not_zero: { status: 409, title: 'The account is not at zero' },
  entry_malformed: { status: 400, title: 'The entry is malformed' },
  entry_unbalanced: { status: 422, title: 'The entry does not balance' },
  currency_mismatch: { status: 422, title: 'The line’s currency is not the account’s' },
  limit_exceeded: { status: 409, title: 'An account would pass its limit' },
  balance_overflow: { status: 409, title: 'An account’s totals would overflow' },
  hold_unknown: { status: 404, title: 'No such hold' },
  hold_closed: { status: 409, title: 'The hold is closed' },
  hold_exceeded: { status: 409, title: 'The hold has less left' },
  entry_unknown: { status: 404, title: 'No such entry' },
  reversal_exceeded: { status: 409, title: 'Less is left of the entry' },
  query_malformed: { status: 400, title: 'The query is malformed' },
  cursor_malformed: { status: 400, title: 'The cursor is malformed' },
  event_malformed: { status: 500, title: 'Something went wrong here' },
  handler_conflict: { status: 500, title: 'Something went wrong here' },
  event_crashes: { status: 500, title: 'Something went wrong here' },
  event_unappliable: { status: 500, title: 'Something went wrong here' },
  event_unhandled: { status: 500, title: 'Something went wrong here' },
  event_behind_dead_letter: { status: 409, title: 'An earlier event of this key waits' },
  dead_letter_unknown: { status: 404, title: 'No such dead letter' },
  dead_letter_resolved: { status: 409, title: 'The dead letter waits no more' },
  batch_out_of_place: { status: 409, title: 'The batch does not continue where the last one ended' },
  consumer_fenced: { status: 409, title: 'Another consumer has taken over' },
  ledger_unknown: { status: 404, title: 'No such ledger' },
  ledger_malformed: { status: 400, title: 'The ledger’s name or time zone is malformed' },
  day_malformed: { status: 400, title: 'The day is malformed' },
  database_busy: { status: 503, title: 'The database is busy', retryAfter: 1 },
  database_read_only: { status: 503, title: 'The database takes no writes', retryAfter: 5 },
  database_unreachable: { status: 503, title: 'The database does not answer', retryAfter: 5 },
  migrations_missing: { status: 503, title: 'The schema is not up to date', retryAfter: 30 },
};
