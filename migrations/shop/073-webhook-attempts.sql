-- Each time that a delivery was sent: what came back of it. No bodies: what a receiver answers is its own.
CREATE TABLE webhook_attempts (
  delivery_id BIGINT UNSIGNED NOT NULL,
  attempted_at DATETIME(6) NOT NULL,
  took_ms INT UNSIGNED NOT NULL,
  http_status SMALLINT UNSIGNED NULL,
  error VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Serves: a delivery's attempts, in their order.
  PRIMARY KEY (delivery_id, attempted_at)
) ENGINE = InnoDB
