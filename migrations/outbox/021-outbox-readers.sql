-- Who reads the outbox by its position, without an inbox: everything below next_seq is read. gap_since is since when the event there is missing: its
-- transaction is open, or was rolled back. A partition is dropped only when every reader is past it, so whoever reads has a row here.
CREATE TABLE outbox_readers (
  reader VARCHAR(64) CHARACTER SET ascii NOT NULL,
  next_seq BIGINT UNSIGNED NOT NULL,
  gap_since DATETIME(6) NULL,
  moved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (reader)
) ENGINE = InnoDB
