/**
 * What the shop refuses. `code` is stable and meant for programs, the message says what is wrong and what to do, and `details`
 * are shown to the client beside it. Which HTTP status a code gets is decided at the edge (http/problem-table.ts).
 */
export class ShopError extends Error {
  readonly code: ShopErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ShopErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ShopError';
    this.code = code;
    this.details = details;
  }
}

export type ShopErrorCode =
  // the request itself
  | 'route_unknown'
  | 'method_not_allowed'
  | 'credentials_missing'
  | 'credentials_invalid'
  | 'role_missing'
  | 'rate_limited'
  | 'headers_too_large'
  | 'request_timed_out'
  | 'session_required'
  | 'request_forged'
  | 'media_type_unsupported'
  | 'body_missing'
  | 'body_too_large'
  | 'json_malformed'
  | 'request_invalid'
  | 'format_unsupported'
  | 'idempotency_conflict'
  | 'idempotency_in_flight'
  // what it names
  | 'cart_unknown'
  | 'member_unknown'
  | 'product_unknown'
  | 'product_unavailable'
  | 'stock_insufficient'
  | 'cart_empty'
  | 'cart_full'
  | 'product_ended'
  | 'product_changed'
  | 'seller_unknown'
  | 'order_unknown'
  | 'payment_unknown'
  // log-in
  | 'log_in_state_invalid'
  | 'log_in_refused'
  | 'log_in_code_invalid'
  | 'log_in_provider_unavailable'
  | 'identity_unknown'
  | 'identity_taken'
  | 'identity_conflict'
  | 'identity_last'
  | 'token_unknown'
  | 'token_limit'
  // payment
  | 'amount_mismatch'
  | 'payment_in_progress'
  | 'payment_key_used'
  | 'payment_refused'
  | 'payment_provider_unavailable'
  | 'payment_recording_delayed'
  | 'order_already_paid'
  | 'order_cancelled'
  | 'order_expired'
  | 'order_not_paid'
  // prices elsewhere
  | 'prices_unavailable'
  // cancels
  | 'payment_not_done'
  | 'payment_cancelled'
  | 'cancel_in_progress'
  | 'cancel_line_unknown'
  | 'cancel_exceeds_refundable'
  | 'cancel_refused'
  | 'cancel_recording_delayed'
  | 'notices_too_many'
  // webhooks
  | 'endpoint_unknown'
  | 'endpoint_disabled'
  | 'endpoint_limit'
  | 'endpoint_url_refused'
  | 'delivery_unknown'
  // the service
  | 'not_ready'
  | 'internal_error';
