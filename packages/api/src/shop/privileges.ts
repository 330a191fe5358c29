/** The migrations that hold the shop's tables. */
export const SHOP_MIGRATIONS: readonly string[] = ['shop'];

/** What the runtime user may do with the shop's tables, and no more: facts are neither deleted nor rewritten. */
export const SHOP_PRIVILEGES: Readonly<Record<string, string>> = {
  members: 'SELECT, INSERT',
  member_identities: 'SELECT, INSERT, UPDATE (access_token, access_expires_at, refresh_token), DELETE',
  member_roles: 'SELECT, INSERT, UPDATE (seller_id), DELETE',
  member_role_changes: 'SELECT, INSERT',
  log_in_attempts: 'SELECT, INSERT, DELETE',
  sessions: 'SELECT, INSERT, UPDATE (last_seen_at, expires_at), DELETE',
  api_tokens: 'SELECT, INSERT, UPDATE (last_used_at, revoked_at)',
  sellers: 'SELECT',
  products: `SELECT, INSERT, UPDATE (name, description, price, category, is_tax_free, status, is_stocked, version, changed_at)`,
  product_stocks: 'SELECT, INSERT, UPDATE',
  carts: 'SELECT, INSERT, UPDATE (expires_at), DELETE',
  cart_items: 'SELECT, INSERT, UPDATE (quantity), DELETE',
  orders: 'SELECT, INSERT, UPDATE (status)',
  order_sellers: 'SELECT, INSERT',
  order_findings: 'SELECT, INSERT',
  payments: `SELECT, INSERT, UPDATE (open_order_id, payer_id, status, claimed_at, recover_at, method, approved_at,
    failure_code, failure_message, finished_at, refunded, look_up_at)`,
  cancels: `SELECT, INSERT, UPDATE (status, open_refundable, idempotency_key, recover_at, transaction_key, cancelled_at,
    failure_code, failure_message, finished_at)`,
  webhook_endpoints: `SELECT, INSERT, UPDATE (url, event_types, description, status, disabled_reason, secret, old_secret,
    old_secret_until, paused_until, failing_since, failure_count)`,
  webhook_deliveries:
    'SELECT, INSERT, UPDATE (status, attempt_count, due_at, finished_at, reason, delivery_id), DELETE',
  webhook_attempts: 'SELECT, INSERT, UPDATE (took_ms), DELETE',
  idempotency_keys: 'SELECT, INSERT, UPDATE (status, headers, answer, held_until), DELETE',
};
