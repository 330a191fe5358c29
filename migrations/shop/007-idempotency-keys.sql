-- The first answer to a request with an Idempotency-Key, written in the transaction of the request's effect.
CREATE TABLE idempotency_keys (
  member_id INT UNSIGNED NOT NULL,
  operation VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  answer MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  -- Serves: has this caller used this key before? It is also what lets one of two concurrent twins win.
  PRIMARY KEY (member_id, operation, idempotency_key)
) ENGINE = InnoDB
