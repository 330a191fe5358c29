-- A row for each partition of the outbox that was written to a file: what the file holds, and whether the partition was dropped since.
-- It is marked as trimmed before it is dropped, so that whoever reads a row that vanishes finds out where it went. Like the outbox, it
-- belongs to one database. digest is SHA-256 over a line `seq event_id` for each event, in order: verify holds it against the inbox.
CREATE TABLE outbox_archives (
  from_seq BIGINT UNSIGNED NOT NULL,
  to_seq BIGINT UNSIGNED NOT NULL,
  events BIGINT UNSIGNED NOT NULL,
  digest CHAR(64) CHARACTER SET ascii NOT NULL,
  first_written_at DATETIME(6) NULL,
  last_written_at DATETIME(6) NULL,
  file VARCHAR(100) CHARACTER SET ascii NOT NULL,
  file_bytes BIGINT UNSIGNED NOT NULL,
  file_sha256 CHAR(64) CHARACTER SET ascii NOT NULL,
  archived_at DATETIME(6) NOT NULL,
  archived_by VARCHAR(191) NOT NULL,
  trimmed_at DATETIME(6) NULL,
  trimmed_by VARCHAR(191) NULL,
  PRIMARY KEY (from_seq)
) ENGINE = InnoDB
