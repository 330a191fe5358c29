-- Any answer of any route: claimed first (no status yet), answered later. held_until says how long a claim that was committed
-- by itself keeps others out; where its process died, the next request with the key takes it over from then on.
ALTER TABLE idempotency_keys
  MODIFY operation VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN status SMALLINT UNSIGNED NULL AFTER fingerprint,
  ADD COLUMN headers JSON NULL AFTER status,
  MODIFY answer MEDIUMTEXT NULL,
  ADD COLUMN held_until DATETIME(6) NULL,
  -- Serves: which keys are older than a day? The sweep deletes them.
  ADD KEY idempotency_keys_age (created_at)
