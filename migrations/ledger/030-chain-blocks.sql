-- The hash chain: each block digests the entries of a range of ids, lines and all, and the digest of the block before it.
-- after_entry_id is the last id of the block before. members holds the last four bytes of each entry's id, in order: an id is made
-- before its entry commits, so an entry may become visible below the head; whatever of the range is no member came late, and
-- stands, by id, in the late_entries of a later block.
CREATE TABLE chain_blocks (
  ledger_id INT UNSIGNED NOT NULL,
  block_number BIGINT UNSIGNED NOT NULL,
  after_entry_id BINARY(16) NOT NULL,
  last_entry_id BINARY(16) NOT NULL,
  members BLOB NOT NULL,
  late_entries BLOB NOT NULL,
  previous_digest BINARY(32) NOT NULL,
  digest BINARY(32) NOT NULL,
  sealed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ledger_id, block_number),
  CONSTRAINT chain_blocks_lengths CHECK (LENGTH(members) % 4 = 0 AND LENGTH(late_entries) % 16 = 0)
) ENGINE = InnoDB
