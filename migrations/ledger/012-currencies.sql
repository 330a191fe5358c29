-- Currencies beyond ISO 4217 in which the ledger has accounts, with how many decimals their minor unit has: what a stored amount
-- means must not depend on which process reads it. A row is written with the currency's first account, and never changes.
CREATE TABLE currencies (
  ledger_id INT UNSIGNED NOT NULL,
  code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exponent TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (ledger_id, code),
  CONSTRAINT currencies_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (ledger_id)
) ENGINE = InnoDB
