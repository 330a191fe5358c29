-- seq is the outbox offset. It is taken before commit, so it can become visible out of order; readers must not skip gaps.
-- payload and headers are text, because JSON columns reorder keys, and a replay must see what was written, byte for byte.
CREATE TABLE outbox (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  event_id CHAR(36) CHARACTER SET ascii NOT NULL,
  aggregate_type VARCHAR(64) CHARACTER SET ascii NOT NULL,
  aggregate_id VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  event_type VARCHAR(64) CHARACTER SET ascii NOT NULL,
  event_version SMALLINT UNSIGNED NOT NULL,
  payload MEDIUMTEXT NOT NULL,
  headers TEXT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (seq)
) ENGINE = InnoDB
