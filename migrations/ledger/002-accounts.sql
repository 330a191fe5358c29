-- What never changes in an account, or hardly ever. What every posting changes stands in account_balances, so that the
-- rows which are locked, updated and written to the binlog whole (binlog_row_image=FULL) stay narrow. account_id is made by the
-- application from the time and random bits, below 2^53: AUTO_INCREMENT would repeat across shards, and a counter row would lock.
CREATE TABLE accounts (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  code VARCHAR(191) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(191) NOT NULL,
  type ENUM('asset', 'liability', 'equity', 'revenue', 'expense') NOT NULL,
  currency VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  metadata JSON NULL,
  opened_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, account_id),
  -- Serves: finding accounts by code, and listing them by a code's prefix.
  UNIQUE KEY accounts_code (ledger_id, code),
  CONSTRAINT accounts_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (ledger_id)
) ENGINE = InnoDB
