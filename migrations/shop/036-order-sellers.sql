-- Whose lines a paid order has: written with the payment, because a seller has nothing to do with an order before.
CREATE TABLE order_sellers (
  seller_id INT UNSIGNED NOT NULL,
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Serves: a seller's orders, newest first. Ids of orders begin with their time.
  PRIMARY KEY (seller_id, order_id)
) ENGINE = InnoDB
