-- What was reversed of each line of an entry, and by which entry. The sum over an entry's line never passes the line.
CREATE TABLE entry_reversals (
  ledger_id INT UNSIGNED NOT NULL,
  entry_id BINARY(16) NOT NULL,
  line_number SMALLINT UNSIGNED NOT NULL,
  reversed_by BINARY(16) NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (ledger_id, entry_id, line_number, reversed_by),
  CONSTRAINT entry_reversals_amount CHECK (amount > 0)
) ENGINE = InnoDB
