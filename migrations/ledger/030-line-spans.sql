-- What consecutive lines of an account come to, and between which times they lie: written once, by the posting that completes a
-- thousand lines. A balance at a past time sums the spans that lie wholly before it, and reads the lines only of those that it
-- cuts through; a statement of a stretch of time skips the spans outside it. A thousand lines are one span, or several where some
-- of them are far out of the order of their times: few spans are then wide.
-- The spans that follow each other in the order of both times, but for a minute, have the highest of these times so far, and what
-- they come to together; in those that are out of order the three are NULL. So the spans before an instant are found and summed
-- without reading them.
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
  highest_effective_at DATETIME(6) NULL,
  highest_entry_id BINARY(16) NULL,
  total BIGINT NULL,
  PRIMARY KEY (ledger_id, account_id, last_sequence),
  -- Serves: the last span in order before an effective time, the first one after it, and the spans that are out of order.
  KEY line_spans_effective (ledger_id, account_id, highest_effective_at),
  -- Serves: the last span in order before a booked time, and the first one after it.
  KEY line_spans_booked (ledger_id, account_id, highest_entry_id)
) ENGINE = InnoDB
