-- What an endpoint is to be told: one row for each endpoint and event, however often it is sent. body is what is sent, byte for byte, each time.
-- due_at is when it is sent next; while it is being sent, the end of its lease: whoever sends it dies, and it is due again.
-- outbox_seq is 0 for a ping, which is no event.
CREATE TABLE webhook_deliveries (
  delivery_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  endpoint_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outbox_seq BIGINT UNSIGNED NOT NULL,
  aggregate_id VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin NOT NULL,
  event_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMTEXT NOT NULL,
  status ENUM('waiting', 'delivered', 'dead') NOT NULL,
  attempt_count INT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  reason VARCHAR(100) NULL,
  PRIMARY KEY (delivery_id),
  -- Serves: was this endpoint told of this event? It is also what keeps a replay from telling it twice at once.
  UNIQUE KEY webhook_deliveries_event (endpoint_id, event_id),
  -- Serves: which endpoints have something due, and what is due of one?
  KEY webhook_deliveries_due (status, endpoint_id, due_at),
  -- Serves: does an earlier event of the same aggregate wait?
  KEY webhook_deliveries_order (endpoint_id, aggregate_id, outbox_seq)
) ENGINE = InnoDB
