-- What each 1,000 consecutive lines of an account come to, and between which times they lie: written once, by the posting that
-- completes the thousand. A balance at a past time sums the spans that lie wholly before it, and reads the lines only of those
-- that it cuts through; a statement of a stretch of time skips the spans outside it. Lines need not be in the order of their
-- times: a span with a line that is out of order is only wider.
CREATE TABLE line_spans (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  last_sequence BIGINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  first_effective_at DATETIME(6) NOT NULL,
  last_effective_at DATETIME(6) NOT NULL,
  first_entry_id BINARY(16) NOT NULL,
  last_entry_id BINARY(16) NOT NULL,
  PRIMARY KEY (ledger_id, account_id, last_sequence)
) ENGINE = InnoDB
