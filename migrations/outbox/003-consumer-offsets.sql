-- The fence: a consumer locks its partition's row before it applies a batch, drops what lies before next_offset, and moves
-- next_offset in the same transaction. A raised epoch tells an older leader that it is one no more.
CREATE TABLE consumer_offsets (
  ledger_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii NOT NULL,
  topic VARCHAR(191) CHARACTER SET ascii NOT NULL,
  source_partition INT UNSIGNED NOT NULL,
  next_offset BIGINT UNSIGNED NOT NULL,
  epoch BIGINT UNSIGNED NOT NULL DEFAULT 0,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, consumer, topic, source_partition)
) ENGINE = InnoDB
