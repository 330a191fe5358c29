-- Who buys and who pays.
CREATE TABLE members (
  member_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  joined_at DATETIME(6) NOT NULL,
  PRIMARY KEY (member_id)
) ENGINE = InnoDB
