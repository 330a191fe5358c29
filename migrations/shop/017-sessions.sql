-- Who is logged in with a browser. session_digest is SHA-256 of the id in the cookie, so that reading this table lets nobody in.
-- expires_at moves on while the session is used, and never beyond ends_at.
CREATE TABLE sessions (
  session_digest BINARY(32) NOT NULL,
  member_id INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  ends_at DATETIME(6) NOT NULL,
  -- Serves: who calls, at every request with a session's cookie.
  PRIMARY KEY (session_digest),
  -- Serves: ending all sessions of a member.
  KEY sessions_member (member_id),
  -- Serves: the sweep.
  KEY sessions_expiry (expires_at)
) ENGINE = InnoDB
