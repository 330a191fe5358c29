-- The row that posting locks: totals in minor units, the number of the account's last line, its limits and its status.
-- floor and ceiling bound the balance on the account's normal side; NULL means no bound.
-- day, day_debit and day_credit are the turnover of the last business day on which the account was posted to, as far as it was
-- both effective and booked on that day; the first posting of a later day moves them to account_days. So the usual posting
-- writes one row an account, not two.
CREATE TABLE account_balances (
  ledger_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  posted_debit BIGINT NOT NULL DEFAULT 0,
  posted_credit BIGINT NOT NULL DEFAULT 0,
  pending_debit BIGINT NOT NULL DEFAULT 0,
  pending_credit BIGINT NOT NULL DEFAULT 0,
  last_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
  day DATE NULL,
  day_debit BIGINT NOT NULL DEFAULT 0,
  day_credit BIGINT NOT NULL DEFAULT 0,
  floor BIGINT NULL,
  ceiling BIGINT NULL,
  status ENUM('open', 'frozen', 'closed') NOT NULL DEFAULT 'open',
  PRIMARY KEY (ledger_id, account_id),
  CONSTRAINT account_balances_totals CHECK (
    posted_debit >= 0 AND posted_credit >= 0 AND pending_debit >= 0 AND pending_credit >= 0
  )
) ENGINE = InnoDB
