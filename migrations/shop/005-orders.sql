-- order_id is a UUIDv7, so that orders are written at the end of the table, whoever writes them.
-- order_lines is what was sold, by whom, at the price of that moment: [{productId, sellerId, name, quantity, unitPrice, amount}], money
-- as text. It never changes and is only ever read with its order, so it stands in the order's row: a check-out is then one
-- INSERT that commits by itself, which costs a third of a transaction over two tables.
-- No foreign keys from here on: check-out reads buyer, cart and products in the statement before, none of them is ever
-- deleted, and a foreign key would lock the rows of the few products that a whole crowd buys.
CREATE TABLE orders (
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id INT UNSIGNED NOT NULL,
  cart_id INT UNSIGNED NOT NULL,
  status ENUM('awaiting_payment', 'paid', 'cancelled') NOT NULL,
  amount BIGINT NOT NULL,
  currency VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_name VARCHAR(100) NOT NULL,
  order_lines JSON NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_id),
  CONSTRAINT orders_amount CHECK (amount > 0)
) ENGINE = InnoDB
