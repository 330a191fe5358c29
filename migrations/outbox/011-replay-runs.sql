-- A row for each replay of the outbox: who, when, which range, with what options, what came of it. Its position is committed with
-- each page, so that a run whose process was killed goes on where it was. Like the outbox, it belongs to one database, and so does
-- its id. epoch is raised when a run is resumed: the process that had it before can write no page any more.
CREATE TABLE replay_runs (
  run_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  ledger_id INT UNSIGNED NOT NULL,
  source_ledger_id INT UNSIGNED NOT NULL,
  kind ENUM('apply', 'rebuild', 'publish') NOT NULL,
  from_seq BIGINT UNSIGNED NOT NULL,
  to_seq BIGINT UNSIGNED NOT NULL,
  total_events BIGINT UNSIGNED NOT NULL,
  options TEXT NOT NULL,
  started_by VARCHAR(191) NOT NULL,
  started_at DATETIME(6) NOT NULL,
  status ENUM('running', 'completed', 'cancelled') NOT NULL DEFAULT 'running',
  epoch INT UNSIGNED NOT NULL DEFAULT 1,
  next_seq BIGINT UNSIGNED NOT NULL,
  events BIGINT UNSIGNED NOT NULL DEFAULT 0,
  applied BIGINT UNSIGNED NOT NULL DEFAULT 0,
  duplicates BIGINT UNSIGNED NOT NULL DEFAULT 0,
  parked BIGINT UNSIGNED NOT NULL DEFAULT 0,
  published BIGINT UNSIGNED NOT NULL DEFAULT 0,
  updated_at DATETIME(6) NOT NULL,
  cancel_asked_by VARCHAR(191) NULL,
  ended_at DATETIME(6) NULL,
  running TINYINT AS (IF(status = 'running', 1, NULL)),
  PRIMARY KEY (run_id),
  -- Serves: at most one run that has not ended, and finding it.
  UNIQUE KEY replay_runs_running (running)
) ENGINE = InnoDB
