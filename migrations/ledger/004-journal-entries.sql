-- entry_id is a UUIDv7, whose time is booked_at's millisecond: the primary key is therefore also the order of booking, and
-- serves "what was booked between two instants" without an index of its own. limit_override says who let the entry pass an
-- account's limits, and why; NULL for an entry that passed none.
-- Keys that differ in a space at the end are two keys, which only a collation without padding tells apart.
CREATE TABLE journal_entries (
  ledger_id INT UNSIGNED NOT NULL,
  entry_id BINARY(16) NOT NULL,
  idempotency_key VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  kind VARCHAR(64) CHARACTER SET ascii NOT NULL,
  description VARCHAR(500) NOT NULL DEFAULT '',
  effective_at DATETIME(6) NOT NULL,
  booked_at DATETIME(6) NOT NULL,
  effective_day DATE NOT NULL,
  booked_day DATE NOT NULL,
  line_count SMALLINT UNSIGNED NOT NULL,
  reverses_entry_id BINARY(16) NULL,
  captures_hold_id BINARY(16) NULL,
  limit_override TEXT NULL,
  event_id CHAR(36) CHARACTER SET ascii NULL,
  metadata TEXT NULL,
  PRIMARY KEY (ledger_id, entry_id),
  -- Serves: has this key been used? It is also what lets one of two concurrent twins win.
  UNIQUE KEY journal_entries_idempotency_key (ledger_id, idempotency_key),
  CONSTRAINT journal_entries_lines CHECK (line_count >= 2)
) ENGINE = InnoDB
