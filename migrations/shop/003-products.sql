-- The catalogue of kimchi. price is in won, and the only price there is: what a client says about prices is never read.
CREATE TABLE products (
  product_id INT UNSIGNED NOT NULL,
  seller_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  price BIGINT NOT NULL,
  is_tax_free BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (product_id),
  CONSTRAINT products_seller FOREIGN KEY (seller_id) REFERENCES sellers (seller_id),
  -- The ceiling keeps the sum of a largest order within what JSON numbers hold exactly.
  CONSTRAINT products_price CHECK (price BETWEEN 1 AND 1000000000)
) ENGINE = InnoDB
