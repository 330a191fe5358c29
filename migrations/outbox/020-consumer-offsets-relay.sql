-- What is shown of the relays to whoever asks from another process, without a round trip of its own: relay names the process that reads
-- the partition, since relay_since; batch_events is how many events the last transaction took, duplicates how many were dropped so far.
ALTER TABLE consumer_offsets
  ADD COLUMN relay VARCHAR(191) NULL,
  ADD COLUMN relay_since DATETIME(6) NULL,
  ADD COLUMN batch_events INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN duplicates BIGINT UNSIGNED NOT NULL DEFAULT 0
