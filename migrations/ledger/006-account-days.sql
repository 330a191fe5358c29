-- Turnover per account, per day it happened (effective) and day it was booked, in the ledger's own time zone. A trial balance
-- at any date, as known at any date, sums these few rows and never the lines. The day that is still going on stands in
-- account_balances; account_turnovers shows both as one.
CREATE TABLE account_days (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  effective_day DATE NOT NULL,
  booked_day DATE NOT NULL,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  PRIMARY KEY (ledger_id, account_id, effective_day, booked_day)
) ENGINE = InnoDB
