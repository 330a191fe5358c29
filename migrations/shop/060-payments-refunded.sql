-- What of a payment has gone back. The check is what no cancel gets past, whatever it believes is left.
ALTER TABLE payments
  ADD COLUMN refunded BIGINT NOT NULL DEFAULT 0,
  -- When the provider is to be asked what became of it since: it has said that something changed.
  ADD COLUMN look_up_at DATETIME(6) NULL,
  ADD CONSTRAINT payments_refunded CHECK (refunded BETWEEN 0 AND amount),
  -- Serves: which payments are due to be looked up?
  ADD KEY payments_look_up (look_up_at)
