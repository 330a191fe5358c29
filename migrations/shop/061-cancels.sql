-- One row for each cancel that was asked for, or was found at the provider. Inserting the row is the claim. refundable is the balance that
-- the cancel begins at: a balance only falls, so it names the cancel's place in the payment's life. open_refundable is the same while the
-- cancel is under way or done, and NULL once the provider has refused it or could not be asked, so that another may begin there.
-- shares is what each seller gives back, decided at the claim: [{sellerId, sold, amount, refunded}], money as text. items is how many of which
-- kimchi it was asked for, NULL where it was asked for by amount. asked_by is NULL where nobody asked here.
-- idempotency_key is the key of the request, while the cancel is under way or done.
CREATE TABLE cancels (
  cancel_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_key VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount BIGINT NOT NULL,
  refundable BIGINT NOT NULL,
  open_refundable BIGINT NULL,
  reason VARCHAR(200) NOT NULL,
  shares JSON NOT NULL,
  items JSON NULL,
  status ENUM('cancelling', 'done', 'refused', 'released') NOT NULL,
  asked_by INT UNSIGNED NULL,
  idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  claimed_at DATETIME(6) NOT NULL,
  recover_at DATETIME(6) NOT NULL,
  transaction_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  cancelled_at DATETIME(6) NULL,
  failure_code VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  failure_message VARCHAR(500) NULL,
  finished_at DATETIME(6) NULL,
  PRIMARY KEY (cancel_id),
  -- Serves: the claim (at most one cancel from a balance), and a payment's cancels in their order.
  UNIQUE KEY cancels_balance (payment_key, open_refundable),
  -- Serves: was this asked for before, with the same key?
  UNIQUE KEY cancels_idempotency_key (asked_by, idempotency_key),
  -- Serves: which cancels are due for recovery?
  KEY cancels_recovery (status, recover_at),
  CONSTRAINT cancels_amount CHECK (amount BETWEEN 1 AND refundable)
) ENGINE = InnoDB
