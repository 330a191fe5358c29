-- One row for each event that was applied. Its primary key is what makes application exactly-once.
CREATE TABLE inbox (
  ledger_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii NOT NULL,
  event_id CHAR(36) CHARACTER SET ascii NOT NULL,
  outbox_seq BIGINT UNSIGNED NOT NULL,
  topic VARCHAR(191) CHARACTER SET ascii NOT NULL,
  source_partition INT UNSIGNED NOT NULL,
  source_offset BIGINT UNSIGNED NOT NULL,
  applied_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, consumer, event_id),
  -- Serves: has this outbox seq been applied? (verify, lag, and the gaps that the embedded source tracks)
  UNIQUE KEY inbox_outbox_seq (ledger_id, consumer, outbox_seq)
) ENGINE = InnoDB
