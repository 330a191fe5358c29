-- Bearer tokens that members made for their programs. token_digest is SHA-256 of the token, hint its first characters.
CREATE TABLE api_tokens (
  token_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  token_digest BINARY(32) NOT NULL,
  member_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  hint VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  roles SET('buyer', 'seller', 'accountant', 'operator') NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  last_used_at DATETIME(6) NULL,
  revoked_at DATETIME(6) NULL,
  PRIMARY KEY (token_id),
  -- Serves: who calls, at every request with a token.
  UNIQUE KEY api_tokens_digest (token_digest),
  -- Serves: a member's tokens.
  KEY api_tokens_member (member_id, token_id)
) ENGINE = InnoDB
