-- What an operator has to look at: a payment that was approved although its order had ended (paid_after_end) or had been paid by
-- another (paid_twice), and lines of it that were not there any more (oversold). The payment itself is recorded like any other.
CREATE TABLE order_findings (
  finding_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_key VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind ENUM('paid_after_end', 'paid_twice', 'oversold') NOT NULL,
  details JSON NOT NULL,
  noticed_at DATETIME(6) NOT NULL,
  -- Serves: the findings, newest first.
  PRIMARY KEY (finding_id),
  UNIQUE KEY order_findings_once (order_id, payment_key, kind)
) ENGINE = InnoDB
