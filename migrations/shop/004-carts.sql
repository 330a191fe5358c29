-- A member's cart. Checking out names a cart and does not use it up, so one cart serves any number of check-outs at once.
CREATE TABLE carts (
  cart_id INT UNSIGNED NOT NULL,
  member_id INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (cart_id),
  CONSTRAINT carts_member FOREIGN KEY (member_id) REFERENCES members (member_id)
) ENGINE = InnoDB
