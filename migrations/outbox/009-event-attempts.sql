-- Events that were begun after a crash: the row is committed before the event is applied, and deleted after. What is left over
-- was in hand when a process died; attempts counts in how many.
CREATE TABLE event_attempts (
  ledger_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii NOT NULL,
  event_id CHAR(36) CHARACTER SET ascii NOT NULL,
  life CHAR(36) CHARACTER SET ascii NOT NULL,
  attempts INT UNSIGNED NOT NULL,
  PRIMARY KEY (ledger_id, consumer, event_id)
) ENGINE = InnoDB
