-- An order that nobody pays expires; one made before orders expired has no expires_at, and does not. tax_free_amount is the
-- part of the amount that bears no VAT, as TossPayments' payment window wants it.
ALTER TABLE orders
  MODIFY COLUMN status ENUM('awaiting_payment', 'paid', 'cancelled', 'expired', 'partially_cancelled') NOT NULL,
  ADD COLUMN tax_free_amount BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN expires_at DATETIME(6) NULL,
  ADD CONSTRAINT orders_tax_free_amount CHECK (tax_free_amount BETWEEN 0 AND amount),
  -- Serves: which orders are due to expire?
  ADD KEY orders_expiry (status, expires_at),
  -- Serves: a buyer's orders, newest first, all or of one status.
  ADD KEY orders_buyer (buyer_id, status, order_id)
