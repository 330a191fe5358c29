-- The ledger's closed_through, in the row that posting locks anyhow: closing days costs a posting neither a read nor a lock more.
ALTER TABLE account_balances ADD COLUMN closed_through DATE NULL
