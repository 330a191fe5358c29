-- What lies in a cart. Prices are the catalogue's, whenever the cart is looked at.
CREATE TABLE cart_items (
  cart_id INT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity INT UNSIGNED NOT NULL,
  added_at DATETIME(6) NOT NULL,
  -- Serves: a cart's items; each product is one item.
  PRIMARY KEY (cart_id, product_id),
  CONSTRAINT cart_items_quantity CHECK (quantity BETWEEN 1 AND 99)
) ENGINE = InnoDB
