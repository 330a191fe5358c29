-- All day totals, wherever they stand. An account and pair of days may come twice, so readers sum.
CREATE SQL SECURITY INVOKER VIEW account_turnovers AS
SELECT ledger_id, account_id, effective_day, booked_day, debit, credit
  FROM account_days
 UNION ALL
SELECT ledger_id, account_id, day, day, day_debit, day_credit
  FROM account_balances
 WHERE day IS NOT NULL
