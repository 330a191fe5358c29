-- The webhooks' feed stands among the readers of the outbox, where the outbox's care sees it.
INSERT INTO outbox_readers (reader, next_seq, gap_since, moved_at)
  SELECT 'webhooks', next_seq, gap_since, UTC_TIMESTAMP(6) FROM webhook_feed
