-- Who a member is to a provider of log-in: subject is the provider's id of the person for this application.
-- The tokens are sealed (AES-256-GCM) with a key that the database does not hold. No address of e-mail is kept, so none can be
-- mistaken for somebody.
CREATE TABLE member_identities (
  provider ENUM('naver', 'kakao') NOT NULL,
  subject VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id INT UNSIGNED NOT NULL,
  linked_at DATETIME(6) NOT NULL,
  access_token VARBINARY(4096) NOT NULL,
  access_expires_at DATETIME(6) NOT NULL,
  refresh_token VARBINARY(4096) NULL,
  -- Serves: log-in, and that one person is one member, whoever comes twice at once.
  PRIMARY KEY (provider, subject),
  -- Serves: what a member is linked with; at most one identity of a provider.
  UNIQUE KEY member_identities_member (member_id, provider)
) ENGINE = InnoDB
