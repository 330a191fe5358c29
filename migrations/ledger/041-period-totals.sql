-- What the days that a change left closed had come to, once every account knew of it: by currency, all that was debited and all that
-- was credited. Until the next change nothing may be added, which verify holds against the day totals. A change without a row was
-- not carried through.
CREATE TABLE period_totals (
  ledger_id INT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  totals JSON NOT NULL,
  PRIMARY KEY (ledger_id, number)
) ENGINE = InnoDB
