-- What consecutive lines of an account come to, and between which times they lie: written once, by the posting that completes a
-- thousand lines. A balance at a past time sums the spans that lie wholly before it, and reads the lines only of those that it
-- cuts through; a statement of a stretch of time skips the spans outside it. A thousand lines are one span, or several where some
-- of them are far out of the order of their times: few spans are then wide.
CREATE TABLE line_spans (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  first_sequence BIGINT UNSIGNED NOT NULL,
  last_sequence BIGINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  first_effective_at DATETIME(6) NOT NULL,
  last_effective_at DATETIME(6) NOT NULL,
  first_entry_id BINARY(16) NOT NULL,
  last_entry_id BINARY(16) NOT NULL,
  PRIMARY KEY (ledger_id, account_id, last_sequence)
) ENGINE = InnoDB
