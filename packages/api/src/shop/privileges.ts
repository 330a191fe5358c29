/** The migrations that hold the shop's tables. */
export const SHOP_MIGRATIONS: readonly string[] = ['shop'];

/** What the runtime user may do with the shop's tables, and no more: facts are neither deleted nor rewritten. */
export const SHOP_PRIVILEGES: Readonly<Record<string, string>> = {
  members: 'SELECT',
  sellers: 'SELECT',
  products: 'SELECT',
  carts: 'SELECT',
  orders: 'SELECT, INSERT, UPDATE (status)',
  payments: `SELECT, INSERT, UPDATE (open_order_id, payer_id, status, claimed_at, recover_at, method, approved_at,
    failure_code, failure_message, finished_at)`,
  idempotency_keys: 'SELECT, INSERT, UPDATE (status, headers, answer, held_until), DELETE',
};
