-- What was sold, by whom, at the price of that moment. The key serves both readers: an order's lines, and its sellers' shares.
CREATE TABLE order_lines (
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_number SMALLINT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  seller_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  quantity SMALLINT UNSIGNED NOT NULL,
  unit_price BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (order_id, line_number),
  CONSTRAINT order_lines_amount CHECK (amount = quantity * unit_price)
) ENGINE = InnoDB
