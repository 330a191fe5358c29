-- How far the outbox was turned into deliveries: one row, which is locked while a page of it is. gap_since is since when the event at next_seq
-- is missing: its transaction is open, or was rolled back.
CREATE TABLE webhook_feed (
  feed TINYINT UNSIGNED NOT NULL,
  next_seq BIGINT UNSIGNED NOT NULL,
  gap_since DATETIME(6) NULL,
  PRIMARY KEY (feed)
) ENGINE = InnoDB
