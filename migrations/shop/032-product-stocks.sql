-- How much there is of a product that is stocked. received is all that was ever put in; each unit of it is available, reserved by
-- an order that awaits payment, or sold, and the check refuses any change that would lose or make one. oversold counts what was
-- sold without being there: by payments that were approved after their order had ended.
CREATE TABLE product_stocks (
  product_id INT UNSIGNED NOT NULL,
  received BIGINT UNSIGNED NOT NULL,
  available INT UNSIGNED NOT NULL,
  reserved INT UNSIGNED NOT NULL DEFAULT 0,
  sold BIGINT UNSIGNED NOT NULL DEFAULT 0,
  oversold BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (product_id),
  CONSTRAINT product_stocks_complete CHECK (available + reserved + sold = received + oversold)
) ENGINE = InnoDB
