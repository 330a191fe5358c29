-- Events that could not be applied, and the later events of their key, which wait behind them. One that was applied later, or
-- discarded, stays here with who saw to it and why.
CREATE TABLE dead_letters (
  ledger_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii NOT NULL,
  event_id CHAR(36) CHARACTER SET ascii NOT NULL,
  outbox_seq BIGINT UNSIGNED NOT NULL,
  aggregate_type VARCHAR(64) CHARACTER SET ascii NOT NULL,
  aggregate_id VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  event_type VARCHAR(64) CHARACTER SET ascii NOT NULL,
  event_version SMALLINT UNSIGNED NOT NULL,
  payload MEDIUMTEXT NOT NULL,
  headers TEXT NULL,
  reason_code VARCHAR(64) CHARACTER SET ascii NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  attempts INT UNSIGNED NOT NULL DEFAULT 1,
  parked_at DATETIME(6) NOT NULL,
  resolved_at DATETIME(6) NULL,
  resolution ENUM('applied', 'discarded') NULL,
  resolved_by VARCHAR(191) NULL,
  resolution_reason VARCHAR(500) NULL,
  PRIMARY KEY (ledger_id, consumer, event_id),
  -- Serves: does an earlier event of this key wait here? (asked for each batch)
  KEY dead_letters_aggregate (ledger_id, consumer, aggregate_type, aggregate_id, resolved_at),
  -- Serves: the list of what waits, in the order of the outbox.
  KEY dead_letters_seq (ledger_id, consumer, outbox_seq)
) ENGINE = InnoDB
