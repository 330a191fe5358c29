-- Clustered by account, so that a statement is one range scan. amount is signed minor units, a debit above zero and a credit
-- below; balance is the account's running balance after the line, debits less credits. effective_at is the entry's, so that a
-- balance at a past time needs no look at the entries.
CREATE TABLE journal_lines (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  entry_id BINARY(16) NOT NULL,
  line_number SMALLINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  balance BIGINT NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, account_id, sequence),
  -- Serves: the lines of one entry, in their order, as verify and reversals read them.
  UNIQUE KEY journal_lines_entry (ledger_id, entry_id, line_number),
  CONSTRAINT journal_lines_amount CHECK (amount <> 0)
) ENGINE = InnoDB
