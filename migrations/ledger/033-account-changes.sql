-- Who froze, unfroze, closed or reopened an account, or set its limits, when and why: one row a change, with the status and limits
-- that it left. An account that was opened with limits begins with a row of that, so that the last row is always what
-- account_balances must say; an account without a row is open and has no limits. last_sequence is the account's last line at
-- that moment, which shows what was posted before and what after.
CREATE TABLE account_changes (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  action ENUM('open', 'freeze', 'unfreeze', 'close', 'reopen', 'set_limits') NOT NULL,
  status ENUM('open', 'frozen', 'closed') NOT NULL,
  floor BIGINT NULL,
  ceiling BIGINT NULL,
  last_sequence BIGINT UNSIGNED NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by VARCHAR(191) NULL,
  reason VARCHAR(500) NULL,
  PRIMARY KEY (ledger_id, account_id, number),
  CONSTRAINT account_changes_decided CHECK (action = 'open' OR (changed_by IS NOT NULL AND reason IS NOT NULL))
) ENGINE = InnoDB
