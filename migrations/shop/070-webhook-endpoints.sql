-- Where a merchant is told what happened. seller_id is whose events it gets; NULL for an operator's, which gets all.
-- secret signs what is sent; the one before it signs as well until old_secret_until, so that receivers can change over.
-- paused_until is set while the endpoint fails, so that what waits for it does not hold up what waits for others. failing_since is since when
-- nothing has got through.
CREATE TABLE webhook_endpoints (
  endpoint_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_id INT UNSIGNED NULL,
  created_by INT UNSIGNED NOT NULL,
  url VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_types JSON NOT NULL,
  description VARCHAR(200) NOT NULL,
  status ENUM('active', 'disabled') NOT NULL,
  disabled_reason VARCHAR(100) NULL,
  secret VARBINARY(64) NOT NULL,
  old_secret VARBINARY(64) NULL,
  old_secret_until DATETIME(6) NULL,
  paused_until DATETIME(6) NULL,
  failing_since DATETIME(6) NULL,
  failure_count INT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (endpoint_id),
  -- Serves: a seller's endpoints, and those of all, in the order of their making.
  KEY webhook_endpoints_seller (seller_id, endpoint_id)
) ENGINE = InnoDB
