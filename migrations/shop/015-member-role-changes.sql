-- Who gave or took which role, and why. Append-only.
CREATE TABLE member_role_changes (
  change_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  member_id INT UNSIGNED NOT NULL,
  role ENUM('seller', 'accountant', 'operator') NOT NULL,
  seller_id INT UNSIGNED NULL,
  action ENUM('granted', 'revoked') NOT NULL,
  decided_by VARCHAR(100) NOT NULL,
  reason VARCHAR(500) NOT NULL,
  decided_at DATETIME(6) NOT NULL,
  PRIMARY KEY (change_id),
  -- Serves: the history of a member's roles.
  KEY member_role_changes_member (member_id, change_id)
) ENGINE = InnoDB
