-- Outbox seqs that the embedded source has overtaken: taken by a transaction that had not committed yet, or that never will.
CREATE TABLE outbox_gaps (
  ledger_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii NOT NULL,
  seq BIGINT UNSIGNED NOT NULL,
  noticed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, consumer, seq)
) ENGINE = InnoDB
