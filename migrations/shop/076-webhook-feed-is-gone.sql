-- What it held is in outbox_readers.
DROP TABLE webhook_feed
