-- A browser that was sent to a provider and has not come back. Both digests are SHA-256: of the state, and of the secret in the
-- browser's cookie, so that reading this table lets nobody in. An attempt is taken out when it is used.
CREATE TABLE log_in_attempts (
  state_digest BINARY(32) NOT NULL,
  browser_digest BINARY(32) NOT NULL,
  provider ENUM('naver', 'kakao') NOT NULL,
  -- The member who links a further identity; NULL for a log-in.
  member_id INT UNSIGNED NULL,
  return_to VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (state_digest),
  -- Serves: the sweep of those that nobody came back for.
  KEY log_in_attempts_expiry (expires_at)
) ENGINE = InnoDB
