-- One row for each paymentKey that was ever tried. Inserting the row is the claim: the primary key claims the paymentKey, and
-- open_order_id claims the order, in one statement. open_order_id is the order while this payment is under way or done, and
-- NULL once the provider has refused it or could not be asked, so that another payment may try.
-- recover_at is when recovery may ask the provider, unless the payment is finished by then.
CREATE TABLE payments (
  payment_key VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  payer_id INT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  currency VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status ENUM('confirming', 'done', 'refused', 'released') NOT NULL,
  claimed_at DATETIME(6) NOT NULL,
  recover_at DATETIME(6) NOT NULL,
  method VARCHAR(50) NULL,
  approved_at DATETIME(6) NULL,
  failure_code VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  failure_message VARCHAR(500) NULL,
  finished_at DATETIME(6) NULL,
  PRIMARY KEY (payment_key),
  -- Serves: the claim (at most one open payment an order), and an order's payment.
  UNIQUE KEY payments_open_order (open_order_id),
  -- Serves: which payments are due for recovery?
  KEY payments_recovery (status, recover_at)
) ENGINE = InnoDB
