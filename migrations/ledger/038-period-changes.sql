-- Who closed business days, or opened them again, when and why: one row a change, with the last day that it left closed. The last
-- row is what ledgers must say; a ledger without a row has no closed day.
CREATE TABLE period_changes (
  ledger_id INT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  action ENUM('close', 'reopen') NOT NULL,
  closed_through DATE NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by VARCHAR(191) NOT NULL,
  reason VARCHAR(500) NOT NULL,
  PRIMARY KEY (ledger_id, number),
  CONSTRAINT period_changes_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (ledger_id)
) ENGINE = InnoDB
