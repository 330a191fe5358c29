-- One ledger is one tenant and one shard: ledger_id leads every key of the ledger's tables.
CREATE TABLE ledgers (
  ledger_id INT UNSIGNED NOT NULL,
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  time_zone VARCHAR(64) CHARACTER SET ascii NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id),
  -- Serves: opening a ledger by its name, once a process.
  UNIQUE KEY ledgers_name (name)
) ENGINE = InnoDB
