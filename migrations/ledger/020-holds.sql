-- Money that is set aside before it is posted: a hold moves the pending totals of its accounts, and never the posted ones. Its
-- capture posts an entry, which names it.
CREATE TABLE holds (
  ledger_id INT UNSIGNED NOT NULL,
  hold_id BINARY(16) NOT NULL,
  idempotency_key VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  kind VARCHAR(64) CHARACTER SET ascii NOT NULL,
  description VARCHAR(500) NOT NULL DEFAULT '',
  metadata TEXT NULL,
  limit_override TEXT NULL,
  status ENUM('open', 'captured', 'released', 'expired') NOT NULL DEFAULT 'open',
  placed_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  closed_at DATETIME(6) NULL,
  PRIMARY KEY (ledger_id, hold_id),
  -- Serves: has this key been used?
  UNIQUE KEY holds_idempotency_key (ledger_id, idempotency_key),
  -- Serves: the open holds that have expired, for the job that releases them.
  KEY holds_expiry (ledger_id, status, expires_at)
) ENGINE = InnoDB
