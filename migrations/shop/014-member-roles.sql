-- What a member may do beyond buying, which every member may.
CREATE TABLE member_roles (
  member_id INT UNSIGNED NOT NULL,
  role ENUM('seller', 'accountant', 'operator') NOT NULL,
  seller_id INT UNSIGNED NULL,
  -- Serves: who calls, at every request with credentials.
  PRIMARY KEY (member_id, role),
  CONSTRAINT member_roles_seller CHECK ((role = 'seller') = (seller_id IS NOT NULL))
) ENGINE = InnoDB
