-- Who sells. seller_id in decimal is the seller's part of the ledger's account codes: liabilities:sellers:7:pending.
CREATE TABLE sellers (
  seller_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  joined_at DATETIME(6) NOT NULL,
  PRIMARY KEY (seller_id)
) ENGINE = InnoDB
