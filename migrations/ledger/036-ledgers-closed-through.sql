-- The last business day that is closed; NULL while none is. Whoever opens an account reads it under a shared lock, so that the
-- account begins with it; what postings ask stands in account_balances.
ALTER TABLE ledgers ADD COLUMN closed_through DATE NULL
