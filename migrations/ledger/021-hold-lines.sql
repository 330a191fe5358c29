-- amount is signed as in journal_lines, a debit above zero and a credit below; remaining is what is not captured yet, of the
-- same sign, and zero once the hold is closed.
CREATE TABLE hold_lines (
  ledger_id INT UNSIGNED NOT NULL,
  hold_id BINARY(16) NOT NULL,
  line_number SMALLINT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  remaining BIGINT NOT NULL,
  PRIMARY KEY (ledger_id, hold_id, line_number),
  CONSTRAINT hold_lines_amount CHECK (amount <> 0 AND ABS(remaining) <= ABS(amount) AND SIGN(remaining) * SIGN(amount) >= 0)
) ENGINE = InnoDB
