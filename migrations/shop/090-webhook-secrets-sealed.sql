-- Secrets are sealed (AES-256-GCM) with a key that the database does not hold, which makes them longer.
ALTER TABLE webhook_endpoints
  MODIFY COLUMN secret VARBINARY(255) NOT NULL,
  MODIFY COLUMN old_secret VARBINARY(255) NULL
