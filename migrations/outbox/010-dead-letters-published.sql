-- published_at says when a dead letter went to the dead-letter topic; it is set after Kafka has it, so that a crash between
-- publishes it twice, and never not at all.
ALTER TABLE dead_letters
  ADD COLUMN published_at DATETIME(6) NULL,
  -- Serves: what is not published yet, in the order of the outbox.
  ADD KEY dead_letters_unpublished (ledger_id, consumer, published_at, outbox_seq)
